/** Bytes put together by hand from the numbers in apache/mesos include/mesos/v1/{mesos,scheduler/scheduler}.proto (1.11). */
import { decodeCall, encodeEvent } from "./codec";
import type { MesosCall, MesosEvent, MesosOffer } from "./messages";
import { writeBinary } from "./wire/binary-writer";
import { shapes } from "./wire/shapes";

type Golden<T> = readonly [what: string, message: T, pieces: string];

/** Hexadecimal digits; braces stand for the length of what they hold and that; what follows // is for whoever reads. */
function bytes(pieces: string): Buffer {
  const tokens = pieces.replaceAll(/\/\/.*/gu, "").match(/[{}]|[0-9a-f]{2}/gu) ?? [];
  const open: number[][] = [[]];
  for (const token of tokens) {
    if (token === "{") open.push([]);
    else if (token === "}") {
      const held = open.pop() ?? [];
      open.at(-1)?.push(...lengthOf(held), ...held);
    } else open.at(-1)?.push(Number.parseInt(token, 16));
  }
  return Buffer.from(open[0] ?? []);
}

function lengthOf({ length }: readonly number[]): number[] {
  return length < 0x80 ? [length] : [(length & 0x7f) | 0x80, length >> 7];
}

const calls: readonly Golden<MesosCall>[] = [
  [
    "SUBSCRIBE",
    {
      type: "SUBSCRIBE",
      subscribe: {
        framework_info: {
          user: "root",
          name: "m",
          id: { value: "f" },
          failover_timeout: 60,
          checkpoint: true,
          role: "r",
          hostname: "h",
          principal: "p",
          webui_url: "w",
          capabilities: [{ type: "PARTITION_AWARE" }],
          labels: { labels: [{ key: "k", value: "v" }] },
          roles: ["a"],
        },
        suppressed_roles: ["b"],
      },
    },
    `10 01                      // type 2 = SUBSCRIBE 1
     1a { // subscribe 3
       0a { // framework_info 1
         0a 04 726f6f74         // user 1
         12 01 6d               // name 2
         1a 03 0a0166           // id 3, value 1
         21 0000000000004e40    // failover_timeout 4
         28 01                  // checkpoint 5
         32 01 72               // role 6
         3a 01 68               // hostname 7
         42 01 70               // principal 8
         4a 01 77               // webui_url 9
         52 02 0805             // capabilities 10, type 1 = PARTITION_AWARE 5
         5a 08 0a06 0a016b 120176 // labels 11, labels 1, key 1, value 2
         62 01 61 } // roles 12
       12 01 62 } // suppressed_roles 2`,
  ],
  [
    "TEARDOWN",
    { framework_id: { value: "f" }, type: "TEARDOWN" },
    `0a 03 0a0166 // framework_id 1, value 1
     10 02        // type 2 = TEARDOWN 2`,
  ],
  [
    "ACCEPT",
    {
      type: "ACCEPT",
      accept: {
        offer_ids: [{ value: "o" }],
        operations: [
          {
            type: "LAUNCH",
            launch: {
              task_infos: [
                {
                  name: "n",
                  task_id: { value: "t" },
                  agent_id: { value: "a" },
                  resources: [
                    { name: "cpus", type: "SCALAR", scalar: { value: 0.5 } },
                    { name: "p", type: "RANGES", ranges: { range: [{ begin: 300, end: 301 }] } },
                  ],
                },
              ],
            },
          },
        ],
        filters: { refuse_seconds: 5 },
      },
    },
    `10 03                           // type 2 = ACCEPT 3
     22 { // accept 4
       0a 03 0a016f                  // offer_ids 1
       12 { // operations 2
         08 01                       // type 1 = LAUNCH 1
         12 { // launch 2
           0a { // task_infos 1
             0a 01 6e                // name 1
             12 03 0a0174            // task_id 2
             1a 03 0a0161            // agent_id 3
             22 { // resources 4
               0a 04 63707573        // name 1
               10 00                 // type 2 = SCALAR 0
               1a 09 09000000000000e03f } // scalar 3, value 1
             22 { // resources 4
               0a 01 70              // name 1
               10 01                 // type 2 = RANGES 1
               22 08 0a06 08ac02 10ad02 } } } } // ranges 4, range 1, begin 1, end 2
       1a 09 090000000000001440 } // filters 3, refuse_seconds 1`,
  ],
  [
    "a task with all that Covey reads of it",
    {
      accept: {
        operations: [
          {
            launch: {
              task_infos: [
                {
                  name: "",
                  task_id: { value: "" },
                  agent_id: { value: "" },
                  data: "AQ==",
                  command: {
                    uris: [{ value: "u" }],
                    environment: { variables: [{ name: "N", value: "V", type: "VALUE" }] },
                    value: "c",
                    user: "w",
                    shell: false,
                    arguments: ["x"],
                  },
                  health_check: {
                    http: { port: 80, path: "/", scheme: "s", statuses: [200] },
                    delay_seconds: 1,
                    interval_seconds: 2,
                    timeout_seconds: 3,
                    consecutive_failures: 4,
                    grace_period_seconds: 5,
                    type: "HTTP",
                    tcp: { port: 81 },
                  },
                  container: {
                    type: "DOCKER",
                    volumes: [{ container_path: "c", host_path: "h", mode: "RO" }],
                    docker: {
                      image: "i",
                      network: "BRIDGE",
                      port_mappings: [{ host_port: 1, container_port: 2, protocol: "t" }],
                      privileged: true,
                      parameters: [{ key: "k", value: "v" }],
                      force_pull_image: true,
                    },
                    hostname: "h",
                  },
                  kill_policy: { grace_period: { nanoseconds: 5 } },
                  max_completion_time: { nanoseconds: 6 },
                  limits: { cpus: { value: Infinity } },
                },
              ],
            },
          },
        ],
      },
    },
    `22 { // accept 4
       12 { // operations 2
         12 { // launch 2
           0a { // task_infos 1
             0a00 12020a00 1a020a00 // name 1, task_id 2, agent_id 3
             32 01 01              // data 6
             3a { // command 7
               0a 03 0a0175        // uris 1, value 1
               12 { 0a {           // environment 2, variables 1
                 0a014e 120156 1801 } } // name 1, value 2, type 3 = VALUE 1
               1a 01 63            // value 3
               2a 01 77            // user 5
               30 00               // shell 6
               3a 01 78 } // arguments 7
             42 { // health_check 8
               0a { // http 1
                 0850 12012f 1a0173 20c801 } // port 1, path 2, scheme 3, statuses 4
               11 000000000000f03f // delay_seconds 2
               19 0000000000000040 // interval_seconds 3
               21 0000000000000840 // timeout_seconds 4
               28 04               // consecutive_failures 5
               31 0000000000001440 // grace_period_seconds 6
               40 02               // type 8 = HTTP 2
               4a 02 0851 } // tcp 9, port 1
             4a { // container 9
               08 01               // type 1 = DOCKER 1
               12 08 0a0163 120168 1802 // volumes 2, container_path 1, host_path 2, mode 3 = RO 2
               1a { // docker 3
                 0a 01 69          // image 1
                 10 02             // network 2 = BRIDGE 2
                 1a 07 0801 1002 1a0174 // port_mappings 3, host_port 1, container_port 2, protocol 3
                 20 01             // privileged 4
                 2a 06 0a016b 120176 // parameters 5, key 1, value 2
                 30 01 } // force_pull_image 6
               22 01 68 } // hostname 4
             62 04 0a02 0805       // kill_policy 12, grace_period 1, nanoseconds 1
             72 02 0806            // max_completion_time 14, nanoseconds 1
             7a { // limits 15
               0a 04 63707573      // key 1
               12 09 09000000000000f07f } } } } } // value 2, value 1`,
  ],
  [
    "DECLINE",
    { type: "DECLINE", decline: { offer_ids: [{ value: "o" }], filters: { refuse_seconds: 1 } } },
    `10 04                      // type 2 = DECLINE 4
     2a { // decline 5
       0a 03 0a016f             // offer_ids 1
       12 09 09000000000000f03f } // filters 2, refuse_seconds 1`,
  ],
  [
    "REVIVE",
    { type: "REVIVE", revive: { roles: ["a"] } },
    `10 05 7a 03 0a0161 // type 2 = REVIVE 5, revive 15, roles 1`,
  ],
  [
    "SUPPRESS",
    { type: "SUPPRESS", suppress: { roles: ["a"] } },
    `10 0c 8201 03 0a0161 // type 2 = SUPPRESS 12, suppress 16, roles 1`,
  ],
  [
    "KILL",
    {
      type: "KILL",
      kill: {
        task_id: { value: "t" },
        agent_id: { value: "a" },
        kill_policy: { grace_period: { nanoseconds: 1e9 } },
      },
    },
    `10 06                        // type 2 = KILL 6
     32 { // kill 6
       0a 03 0a0174               // task_id 1
       12 03 0a0161               // agent_id 2
       1a 08 0a06 08 8094ebdc03 } // kill_policy 3, grace_period 1, nanoseconds 1`,
  ],
  [
    "SHUTDOWN",
    { type: "SHUTDOWN", shutdown: { executor_id: { value: "e" }, agent_id: { value: "a" } } },
    `10 07 3a 0a 0a030a0165 12030a0161 // type 2 = SHUTDOWN 7, shutdown 7, executor_id 1, agent_id 2`,
  ],
  [
    "ACKNOWLEDGE",
    {
      type: "ACKNOWLEDGE",
      acknowledge: { agent_id: { value: "a" }, task_id: { value: "t" }, uuid: "//8=" },
    },
    `10 08                // type 2 = ACKNOWLEDGE 8
     42 { // acknowledge 8
       0a 03 0a0161       // agent_id 1
       12 03 0a0174       // task_id 2
       1a 02 ffff } // uuid 3`,
  ],
  [
    "RECONCILE",
    {
      type: "RECONCILE",
      reconcile: { tasks: [{ task_id: { value: "t" }, agent_id: { value: "a" } }] },
    },
    `10 09 4a 0c 0a 0a 0a030a0174 12030a0161 // type 2 = RECONCILE 9, reconcile 9, tasks 1, task_id 1, agent_id 2`,
  ],
  [
    "MESSAGE",
    {
      type: "MESSAGE",
      message: { agent_id: { value: "a" }, executor_id: { value: "e" }, data: "AA==" },
    },
    `10 0a 52 0d 0a030a0161 12030a0165 1a0100 // type 2 = MESSAGE 10, message 10, agent_id 1, executor_id 2, data 3`,
  ],
  [
    "UPDATE_FRAMEWORK",
    { type: "UPDATE_FRAMEWORK", update_framework: { framework_info: { user: "u", name: "n" } } },
    `10 11 9a01 08 0a06 0a0175 12016e // type 2 = UPDATE_FRAMEWORK 17, update_framework 19, framework_info 1`,
  ],
  [
    "the answers to inverse offers",
    {
      accept_inverse_offers: { inverse_offer_ids: [{ value: "a" }] },
      decline_inverse_offers: { inverse_offer_ids: [{ value: "d" }] },
    },
    `6a 05 0a030a0161 // accept_inverse_offers 13, inverse_offer_ids 1
     72 05 0a030a0164 // decline_inverse_offers 14`,
  ],
  [
    "ACKNOWLEDGE_OPERATION_STATUS",
    {
      type: "ACKNOWLEDGE_OPERATION_STATUS",
      acknowledge_operation_status: { uuid: "AA==", operation_id: { value: "o" } },
    },
    `10 0f 8a01 08 1a0100 22030a016f // type 2 = 15, acknowledge_operation_status 17, uuid 3, operation_id 4`,
  ],
  [
    "RECONCILE_OPERATIONS",
    {
      type: "RECONCILE_OPERATIONS",
      reconcile_operations: { operations: [{ operation_id: { value: "o" } }] },
    },
    `10 10 9201 07 0a05 0a03 0a016f // type 2 = 16, reconcile_operations 18, operations 1, operation_id 1`,
  ],
];

const offer: MesosOffer = {
  id: { value: "o" },
  framework_id: { value: "f" },
  agent_id: { value: "a" },
  hostname: "h",
  resources: [
    {
      name: "disk",
      type: "SCALAR",
      scalar: { value: 1 },
      role: "*",
      allocation_info: { role: "r" },
      reservations: [{ type: "DYNAMIC", role: "r", principal: "p" }],
    },
  ],
  attributes: [{ name: "n", type: "TEXT", text: { value: "t" } }],
  url: { scheme: "http", address: { hostname: "h", ip: "i", port: 5051 }, path: "/" },
  allocation_info: { role: "r" },
};

const events: readonly Golden<MesosEvent>[] = [
  [
    "SUBSCRIBED",
    {
      type: "SUBSCRIBED",
      subscribed: {
        framework_id: { value: "f" },
        heartbeat_interval_seconds: 15,
        master_info: { id: "m", ip: 1, port: 5050, pid: "p", hostname: "h", version: "1" },
      },
    },
    `08 01                   // type 1 = SUBSCRIBED 1
     12 { // subscribed 2
       0a 03 0a0166          // framework_id 1
       11 0000000000002e40   // heartbeat_interval_seconds 2
       1a { // master_info 3
         0a016d 1001 18ba27  // id 1, ip 2, port 3
         220170 2a0168 320131 } } // pid 4, hostname 5, version 6`,
  ],
  [
    "OFFERS",
    { type: "OFFERS", offers: { offers: [offer] } },
    `08 02                        // type 1 = OFFERS 2
     1a { // offers 3
       0a { // offers 1
         0a030a016f 12030a0166 1a030a0161 220168 // id 1, framework_id 2, agent_id 3, hostname 4
         2a { // resources 5
           0a 04 6469736b         // name 1
           10 00                  // type 2 = SCALAR 0
           1a 09 09000000000000f03f // scalar 3, value 1
           32 01 2a               // role 6
           5a 03 0a0172           // allocation_info 11, role 1
           6a 08 0a0170 1a0172 2002 } // reservations 13, principal 1, role 3, type 4 = DYNAMIC 2
         3a { // attributes 7
           0a016e 1003 2a030a0174 } // name 1, type 2 = TEXT 3, text 5, value 1
         42 { // url 8
           0a 04 68747470         // scheme 1
           12 09 0a0168 120169 18bb27 // address 2, hostname 1, ip 2, port 3
           1a 01 2f } // path 3
         52 03 0a0172 } } // allocation_info 10, role 1`,
  ],
  [
    "RESCIND",
    { type: "RESCIND", rescind: { offer_id: { value: "o" } } },
    `08 03 22 05 0a030a016f // type 1 = RESCIND 3, rescind 4, offer_id 1`,
  ],
  [
    "UPDATE",
    {
      type: "UPDATE",
      update: {
        status: {
          task_id: { value: "t" },
          state: "TASK_GONE_BY_OPERATOR",
          data: "AQ==",
          message: "m",
          agent_id: { value: "a" },
          timestamp: 1,
          healthy: false,
          source: "SOURCE_EXECUTOR",
          reason: "REASON_AGENT_DRAINING",
          uuid: "Ag==",
          container_status: {
            container_id: { value: "c" },
            network_infos: [{ ip_addresses: [{ ip_address: "i" }] }],
          },
          unreachable_time: { nanoseconds: 1 },
        },
      },
    },
    `08 04                      // type 1 = UPDATE 4
     2a { // update 5
       0a { // status 1
         0a 03 0a0174           // task_id 1
         10 0c                  // state 2 = TASK_GONE_BY_OPERATOR 12
         1a 01 01               // data 3
         22 01 6d               // message 4
         2a 03 0a0161           // agent_id 5
         31 000000000000f03f    // timestamp 6
         40 00                  // healthy 8
         48 02                  // source 9 = SOURCE_EXECUTOR 2
         50 22                  // reason 10 = REASON_AGENT_DRAINING 34
         5a 01 02               // uuid 11
         6a { // container_status 13
           0a 05 2a03 120169    // network_infos 1, ip_addresses 5, ip_address 2
           22 03 0a0163 } // container_id 4, value 1
         72 02 0801 } } // unreachable_time 14, nanoseconds 1`,
  ],
  [
    "MESSAGE",
    {
      type: "MESSAGE",
      message: { agent_id: { value: "a" }, executor_id: { value: "e" }, data: "AA==" },
    },
    `08 05 32 0d 0a030a0161 12030a0165 1a0100 // type 1 = MESSAGE 5, message 6, agent_id 1, executor_id 2, data 3`,
  ],
  [
    "FAILURE",
    {
      type: "FAILURE",
      failure: { agent_id: { value: "a" }, executor_id: { value: "e" }, status: -1 },
    },
    `08 06                           // type 1 = FAILURE 6
     3a { // failure 7
       0a030a0161 12030a0165         // agent_id 1, executor_id 2
       18 ffffffffffffffffff01 } // status 3`,
  ],
  [
    "ERROR",
    { type: "ERROR", error: { message: "m" } },
    `08 07 42 03 0a016d // type 1 = ERROR 7, error 8, message 1`,
  ],
  ["HEARTBEAT", { type: "HEARTBEAT" }, `08 08 // type 1 = HEARTBEAT 8`],
];

it.each(calls)("has a call's bytes as Mesos has them: %s", (_what, call, pieces) => {
  expect(decodeCall("application/x-protobuf", bytes(pieces))).toEqual(call);
  expect(writeBinary(shapes().call, call)).toEqual(bytes(pieces));
});

it.each(events)("has an event's bytes as Mesos has them: %s", (_what, event, pieces) => {
  expect(encodeEvent("application/x-protobuf", event)).toEqual(bytes(pieces));
});
