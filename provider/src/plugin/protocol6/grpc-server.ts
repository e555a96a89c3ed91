/**
 * gRPC as far as go-plugin needs it: unary calls. Written without a gRPC library, because loading one costs more than
 * everything else a provider does before its handshake, and a provider is started several times per command.
 */
import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TLSSocket } from "node:tls";
import { ServerConnection, type ArrivedRequest } from "../http2/connection";
import { encodeHeaders } from "../http2/hpack";
import type { Answer } from "../http2/outgoing";

/** Bytes in, bytes out. What it throws is answered as INTERNAL; provider errors travel as diagnostics instead. */
export type UnaryMethod = (request: Uint8Array) => Promise<Uint8Array>;

export interface GrpcTls {
  readonly certificatePem: string;
  readonly keyPem: string;
  /** The only certificate a client may show, PEM. */
  readonly clientCertificatePem: string;
  /** The same, DER. */
  readonly clientCertificateDer: Uint8Array;
}

/** As Go's plugins: what Terraform may send in one message. */
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

const PREFIX_BYTES = 5;

const STATUS = { ok: 0, resourceExhausted: 8, unimplemented: 12, internal: 13 } as const;
type Status = (typeof STATUS)[keyof typeof STATUS];

class GrpcFailure extends Error {
  constructor(
    readonly status: Status,
    message: string,
  ) {
    super(message);
  }
}

/** `methods` by path, "/tfplugin6.Provider/ReadResource". Others are answered UNIMPLEMENTED. Without `tls`: plain text. */
export function createGrpcServer(
  methods: ReadonlyMap<string, UnaryMethod>,
  tls: GrpcTls | undefined,
): Server {
  const options = {
    answer: (request: ArrivedRequest) => answer(methods.get(request.path), request.body),
    tooLarge: failure(STATUS.resourceExhausted, `more than ${MAX_MESSAGE_BYTES} bytes`),
    bodyBytesMax: MAX_MESSAGE_BYTES + PREFIX_BYTES,
  };
  const serve = (socket: Socket): void => {
    new ServerConnection(socket, options);
  };
  return tls === undefined ? createServer(serve) : secureServer(tls, serve);
}

function secureServer(tls: GrpcTls, serve: (socket: TLSSocket) => void): Server {
  const server = createTlsServer({
    cert: tls.certificatePem,
    key: tls.keyPem,
    ca: tls.clientCertificatePem,
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: "TLSv1.2",
    ALPNProtocols: ["h2"],
  });
  server.on("secureConnection", (socket: TLSSocket) => {
    // Having been issued by Terraform's certificate is not enough: it must be that certificate.
    const shown = socket.getPeerCertificate();
    if (socket.authorized && Buffer.from(tls.clientCertificateDer).equals(shown.raw)) serve(socket);
    else socket.destroy();
  });
  server.on("tlsClientError", () => {
    // A client without the certificate; its connection is already gone.
  });
  return server;
}

async function answer(method: UnaryMethod | undefined, body: Buffer): Promise<Answer> {
  try {
    if (method === undefined) throw new GrpcFailure(STATUS.unimplemented, "unknown method");
    return { headers: HEADERS, body: framed(await method(unframe(body))), trailers: TRAILERS };
  } catch (error) {
    const status = error instanceof GrpcFailure ? error.status : STATUS.internal;
    return failure(status, error instanceof Error ? error.message : String(error));
  }
}

/** One message: a flag byte (compressed?), four bytes of length, the message. */
function unframe(data: Buffer): Uint8Array {
  if (data.length < PREFIX_BYTES) throw new GrpcFailure(STATUS.internal, "no message");
  if (data[0] !== 0) throw new GrpcFailure(STATUS.unimplemented, "compression is not supported");
  const message = data.subarray(PREFIX_BYTES);
  if (data.readUInt32BE(1) !== message.length) {
    throw new GrpcFailure(STATUS.internal, "expected exactly one message");
  }
  return message;
}

function framed(message: Uint8Array): Uint8Array {
  const out = Buffer.allocUnsafe(PREFIX_BYTES + message.length);
  out[0] = 0;
  out.writeUInt32BE(message.length, 1);
  out.set(message, PREFIX_BYTES);
  return out;
}

const RESPONSE = [
  [":status", "200"],
  ["content-type", "application/grpc"],
] as const;
const HEADERS = encodeHeaders(RESPONSE);
const TRAILERS = encodeHeaders([["grpc-status", String(STATUS.ok)]]);

/** Long reasons are cut: the peer may refuse large headers. */
const MAX_REASON_LETTERS = 2000;

function failure(status: Status, reason: string): Answer {
  // By way of bytes, so that half a surrogate pair at the cut is no error.
  const message = encodeURIComponent(Buffer.from(reason.slice(0, MAX_REASON_LETTERS)).toString());
  const headers = encodeHeaders([
    ...RESPONSE,
    ["grpc-status", String(status)],
    ["grpc-message", message],
  ]);
  return { headers, body: new Uint8Array(0), trailers: undefined };
}
