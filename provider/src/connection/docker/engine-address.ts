import { isIP } from "node:net";

/** Where a Docker engine listens. */
export type EngineAddress =
  | { readonly kind: "unix"; readonly path: string }
  | { readonly kind: "tcp"; readonly host: string; readonly port: number }
  | {
      readonly kind: "ssh";
      readonly user: string;
      readonly host: string;
      readonly port: number;
      /** Of the engine's socket on that machine. */
      readonly path: string;
    };

export const defaultEngine = "unix:///var/run/docker.sock";
const defaultSocket = "/var/run/docker.sock";
const tlsPort = 2376;
const sshPort = 22;

/** Docker's own notation, as in DOCKER_HOST; undefined where it is none of the three kinds. */
export function parseEngineAddress(text: string): EngineAddress | undefined {
  const path = /^unix:\/\/(\/[^\0]+)$/.exec(text)?.[1];
  if (path !== undefined) return { kind: "unix", path };
  return parseTcp(text) ?? parseSsh(text);
}

const hostAndPort = String.raw`(\[[0-9a-fA-F:]+\]|[A-Za-z0-9_.][A-Za-z0-9_.-]*)(?::(\d{1,5}))?`;
const tcp = new RegExp(String.raw`^tcp://${hostAndPort}/?$`);
const ssh = new RegExp(String.raw`^ssh://(?:([^@:/\s]+)@)?${hostAndPort}(/\S*)?$`);

function parseTcp(text: string): EngineAddress | undefined {
  const [, bracketed, digits] = tcp.exec(text) ?? [];
  const place = placeOf(bracketed, digits, tlsPort);
  return place && { kind: "tcp", ...place };
}

function parseSsh(text: string): EngineAddress | undefined {
  const [, user = "root", bracketed, digits, path = "/"] = ssh.exec(text) ?? [];
  const place = placeOf(bracketed, digits, sshPort);
  return place && { kind: "ssh", user, ...place, path: path === "/" ? defaultSocket : path };
}

function placeOf(
  bracketed: string | undefined,
  digits: string | undefined,
  defaultPort: number,
): { readonly host: string; readonly port: number } | undefined {
  if (bracketed === undefined) return undefined;
  const host = bracketed.replace(/^\[|\]$/g, "");
  if (bracketed !== host && isIP(host) !== 6) return undefined;
  const port = Number(digits ?? defaultPort);
  return port < 1 || port > 65535 ? undefined : { host, port };
}

/** Nobody but this machine's own users can listen in there, so plain TCP may be used. */
export function isOwnMachine(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}
