import { Client, credentials, status } from "@grpc/grpc-js";
import type { ServiceError } from "@grpc/grpc-js";
import { fromJSON } from "@grpc/proto-loader";
import type { MethodDefinition } from "@grpc/proto-loader";

interface Answer {
  readonly status: string;
}

/** https://github.com/grpc/grpc/blob/master/doc/health-checking.md */
const check = healthCheckMethod();

/** Asks the health service of gRPC servers, without TLS. '' as `service` is the server as a whole. */
export function probeGrpc(
  address: string,
  port: number,
  service: string,
  timeoutMs: number,
): Promise<string | undefined> {
  // A pool of its own: a connection that another probe left half open would be asked instead.
  const client = new Client(`${address}:${port}`, credentials.createInsecure(), {
    "grpc.use_local_subchannel_pool": 1,
    "grpc.enable_retries": 0,
  });
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      check.path,
      check.requestSerialize,
      check.responseDeserialize,
      { service },
      { deadline: Date.now() + timeoutMs },
      (error, answer) => {
        client.close();
        resolve(error ? explain(error, timeoutMs) : judge(answer));
      },
    );
  });
}

function judge(answer: Answer | undefined): string | undefined {
  return answer?.status === "SERVING" ? undefined : `answered ${answer?.status ?? "nothing"}`;
}

function explain(error: ServiceError, timeoutMs: number): string {
  switch (error.code) {
    case status.DEADLINE_EXCEEDED:
      return `no answer within ${timeoutMs} ms`;
    case status.UNIMPLEMENTED:
      return "the server has no grpc.health.v1.Health service";
    case status.NOT_FOUND:
      return "the server does not know this service";
    default:
      return error.details === "" ? error.message : error.details;
  }
}

function healthCheckMethod(): MethodDefinition<object, Answer> {
  const definition = fromJSON(
    {
      nested: {
        "grpc.health.v1": {
          nested: {
            Health: {
              methods: {
                Check: {
                  comment: "What is known of one service.",
                  requestType: "Request",
                  responseType: "Response",
                },
              },
            },
            Request: { fields: { service: { type: "string", id: 1 } } },
            Response: { fields: { status: { type: "ServingStatus", id: 1 } } },
            ServingStatus: {
              values: { UNKNOWN: 0, SERVING: 1, NOT_SERVING: 2, SERVICE_UNKNOWN: 3 },
            },
          },
        },
      },
    },
    { enums: String, defaults: true },
  );
  return (definition["grpc.health.v1.Health"] as Record<string, unknown>)[
    "Check"
  ] as MethodDefinition<object, Answer>;
}
