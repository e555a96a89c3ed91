/** One unary gRPC call over a unix socket, as a client that may or may not be let in. */
import { connect, type ClientHttp2Session, type IncomingHttpHeaders } from "node:http2";
import { connect as connectTls } from "node:tls";

export interface ClientIdentity {
  /** PEM. */
  readonly pem: string;
  readonly key: string;
}

export interface Connection {
  readonly socket: string;
  /** The certificate that the server must show, PEM. */
  readonly server: string;
  /** Undefined: the client shows none. */
  readonly client: ClientIdentity | undefined;
}

export interface GrpcAnswer {
  /** gRPC's status, "0" when it went well. */
  readonly status: string;
  /** With gRPC's five bytes before it. */
  readonly body: Buffer;
}

/** Rejects when the server does not let the client in, or ends the call without a status. */
export async function grpcCall(
  { socket, server, client }: Connection,
  method: string,
  message: Uint8Array = new Uint8Array(0),
): Promise<GrpcAnswer> {
  const connection = connectTls({
    path: socket,
    servername: "localhost",
    ca: server,
    ALPNProtocols: ["h2"],
    ...(client === undefined ? {} : { cert: client.pem, key: client.key }),
  });
  const session = connect("https://localhost", { createConnection: () => connection });
  try {
    return await unary(session, method, message);
  } finally {
    session.destroy();
    // Where the server hangs up while the session begins, Node.js forgets to close it, and the process would never end.
    connection.destroy();
  }
}

function unary(
  session: ClientHttp2Session,
  method: string,
  message: Uint8Array,
): Promise<GrpcAnswer> {
  return new Promise((resolve, reject) => {
    session.once("error", reject);
    session.once("close", () => {
      reject(new Error("closed"));
    });
    const stream = session.request({ ":method": "POST", ":path": method });
    const chunks: Buffer[] = [];
    let status = "";
    stream.on("response", (headers) => (status = String(headers["grpc-status"] ?? "")));
    stream.on("trailers", (headers: IncomingHttpHeaders) => {
      status = String(headers["grpc-status"]);
    });
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("error", reject);
    stream.on("end", () => {
      if (status === "") reject(new Error("closed without a status"));
      else resolve({ status, body: Buffer.concat(chunks) });
    });
    const prefix = Buffer.alloc(5);
    prefix.writeUInt32BE(message.length, 1);
    stream.end(Buffer.concat([prefix, message]));
  });
}
