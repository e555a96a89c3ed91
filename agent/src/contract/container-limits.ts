/** Bounds of `container`, for the API and the provider alike. */
export const containerLimits = {
  listed: 32,
  capabilities: 64,
  memoryMiB: 16 * 1024 * 1024,
  pids: 4_194_304,
  logMiB: 4096,
  logFiles: 100,
  /** glibc's resolver takes six, and the node's own is one of them. */
  searchDomains: 5,
} as const;

export const ulimitNames = [
  "core",
  "cpu",
  "data",
  "fsize",
  "locks",
  "memlock",
  "msgqueue",
  "nice",
  "nofile",
  "nproc",
  "rss",
  "rtprio",
  "rttime",
  "sigpending",
  "stack",
] as const;

export const stopSignals = [
  "ABRT",
  "HUP",
  "INT",
  "KILL",
  "QUIT",
  "TERM",
  "USR1",
  "USR2",
  "WINCH",
] as const;

/** Each with its rule in words, for whoever refuses a value. */
export const containerPatterns = {
  path: { regex: /^\/(?!.*(^|\/)\.\.(\/|$))[^\0]{0,1023}$/, rule: "an absolute path without '..'" },
  target: {
    regex: /^\/(?!.*(^|\/)\.\.(\/|$))[^\0]{1,1023}$/,
    rule: "an absolute path without '..', other than '/'",
  },
  device: { regex: /^\/dev\/(?!.*\.\.)[^\0:]{1,250}$/, rule: "a path below /dev" },
  user: {
    regex: /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,63})?$/,
    rule: "a user's name or number, or USER:GROUP",
  },
  capability: {
    regex: /^(?!CAP_)[A-Z][A-Z_]{1,40}$/,
    rule: "a capability without CAP_, such as NET_ADMIN, or ALL",
  },
  hostName: {
    regex: /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,62})(\.[A-Za-z0-9][A-Za-z0-9-]{0,62})*$/,
    rule: "a host's name: letters, digits, '-' and '.'",
  },
  network: {
    regex: /^(?!(host|none|bridge|default)$)[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/,
    rule: "the name of a Docker network that someone made on the nodes; for the node's own network there is `network`",
  },
} as const;
