/**
 * gRPC as far as go-plugin needs it: unary calls over HTTP/2. Written on node:http2, because loading a gRPC library
 * costs more than everything else a provider does before its handshake, and a provider is started several times per
 * command.
 */
import {
  constants,
  createSecureServer,
  createServer,
  type Http2SecureServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from "node:http2";
import type { TLSSocket } from "node:tls";

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
const WINDOW_BYTES = 4 * 1024 * 1024;

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
): Http2Server | Http2SecureServer {
  const server = tls === undefined ? createServer({ settings: SETTINGS }) : secureServer(tls);
  server.on("stream", (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    stream.on("error", destroy);
    void serveCall(stream, methods.get(String(headers[constants.HTTP2_HEADER_PATH])));
  });
  server.on("session", (session) => {
    session.setLocalWindowSize(WINDOW_BYTES);
    session.on("error", () => {
      session.destroy();
    });
  });
  server.on("sessionError", () => {
    // The session is destroyed by its own handler; without a listener the process would end.
  });
  return server;
}

function destroy(this: ServerHttp2Stream): void {
  this.destroy();
}

const SETTINGS = { initialWindowSize: WINDOW_BYTES, maxConcurrentStreams: 1000 };

function secureServer(tls: GrpcTls): Http2SecureServer {
  const server = createSecureServer({
    cert: tls.certificatePem,
    key: tls.keyPem,
    ca: tls.clientCertificatePem,
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: "TLSv1.2",
    settings: SETTINGS,
  });
  // Having been issued by Terraform's certificate is not enough: it must be that certificate.
  server.prependListener("secureConnection", (socket: TLSSocket) => {
    const shown = socket.getPeerCertificate();
    if (!socket.authorized || !Buffer.from(tls.clientCertificateDer).equals(shown.raw)) {
      socket.destroy();
    }
  });
  server.on("tlsClientError", () => {
    // A client without the certificate; its connection is already gone.
  });
  return server;
}

async function serveCall(
  stream: ServerHttp2Stream,
  method: UnaryMethod | undefined,
): Promise<void> {
  try {
    if (method === undefined) throw new GrpcFailure(STATUS.unimplemented, "unknown method");
    const response = await method(unframe(await receive(stream)));
    if (stream.destroyed) return;
    respond(stream, response);
  } catch (error) {
    if (stream.destroyed) return;
    const status = error instanceof GrpcFailure ? error.status : STATUS.internal;
    refuse(stream, status, error instanceof Error ? error.message : String(error));
  }
}

/** By events: an async iterator over the stream costs a sixth of a small call. */
function receive(stream: ServerHttp2Stream): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let first: Buffer | undefined;
    let more: Buffer[] | undefined;
    let bytes = 0;
    stream.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_MESSAGE_BYTES + PREFIX_BYTES) {
        stream.pause();
        reject(new GrpcFailure(STATUS.resourceExhausted, `more than ${MAX_MESSAGE_BYTES} bytes`));
      } else if (first === undefined) first = chunk;
      else (more ??= [first]).push(chunk);
    });
    stream.on("end", () => {
      resolve(more === undefined ? (first ?? NO_BYTES) : Buffer.concat(more, bytes));
    });
    stream.on("close", () => {
      reject(new GrpcFailure(STATUS.internal, "the call was cancelled"));
    });
  });
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

const NO_BYTES = Buffer.alloc(0);

const RESPONSE_HEADERS = {
  [constants.HTTP2_HEADER_STATUS]: 200,
  [constants.HTTP2_HEADER_CONTENT_TYPE]: "application/grpc",
};

function respond(stream: ServerHttp2Stream, message: Uint8Array): void {
  const framed = Buffer.allocUnsafe(PREFIX_BYTES + message.length);
  framed[0] = 0;
  framed.writeUInt32BE(message.length, 1);
  framed.set(message, PREFIX_BYTES);
  stream.respond(RESPONSE_HEADERS, WITH_TRAILERS);
  stream.on("wantTrailers", sendOk);
  stream.end(framed);
}

const WITH_TRAILERS = { waitForTrailers: true };
const TRAILERS = { "grpc-status": String(STATUS.ok) };

function sendOk(this: ServerHttp2Stream): void {
  this.sendTrailers(TRAILERS);
}

function refuse(stream: ServerHttp2Stream, status: Status, message: string): void {
  if (stream.headersSent) {
    stream.close(constants.NGHTTP2_INTERNAL_ERROR);
    return;
  }
  stream.respond(
    {
      ...RESPONSE_HEADERS,
      "grpc-status": String(status),
      "grpc-message": encodeURIComponent(message),
    },
    { endStream: true },
  );
}
