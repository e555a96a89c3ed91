import { findListener, parseAddresses } from "./proc-net";

test("addresses are read from ip(8)", () => {
  const text = `1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever
2: eth0    inet 10.0.0.5/24 brd 10.0.0.255 scope global eth0\\       valid_lft forever
3: tun0    inet 10.9.0.1 peer 10.9.0.2/32 scope global tun0\\       valid_lft forever
`;
  expect(parseAddresses(text)).toEqual([
    { interface: "lo", address: "127.0.0.1", prefix: 8 },
    { interface: "eth0", address: "10.0.0.5", prefix: 24 },
    { interface: "tun0", address: "10.9.0.1", prefix: 32 },
  ]);
});

test("where there is no ip(8), they are read from the kernel's own tables", () => {
  const text = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
eth0	00000000	0100000A	0003	0	0	0	00000000	0	0	0
eth0	0000000A	00000000	0001	0	0	0	00FFFFFF	0	0	0
=
Main:
  +-- 0.0.0.0/0 3 0 5
     |-- 0.0.0.0
        /0 universe UNICAST
     +-- 10.0.0.0/24 2 0 2
        |-- 10.0.0.0
           /24 link UNICAST
        |-- 10.0.0.5
           /32 host LOCAL
     +-- 127.0.0.0/8 2 0 2
        |-- 127.0.0.1
           /32 host LOCAL
Local:
        |-- 10.0.0.5
           /32 host LOCAL
`;
  expect(parseAddresses(text)).toEqual([
    { interface: "eth0", address: "10.0.0.5", prefix: 24 },
    { interface: "lo", address: "127.0.0.1", prefix: 32 },
  ]);
});

describe("a port", () => {
  const head = "  sl  local_address rem_address   st tx_queue rx_queue\n";
  const sockets = `${head}   0: 0100007F:1D10 00000000:0000 0A 00000000:00000000
   1: 0500000A:1F90 0600000A:C350 01 00000000:00000000
   2: 00000000:0016 00000000:0000 0A 00000000:00000000
${head}   0: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A 00000000
   1: 0000000000000000FFFF00000500000A:0051 00000000000000000000000000000000:0000 0A 00000000
`;
  test.each<[string, number, string | undefined]>([
    ["127.0.0.1", 7440, "it is in use"],
    ["127.0.0.2", 7440, undefined],
    ["10.0.0.5", 8080, undefined],
    ["10.0.0.5", 22, "it is in use"],
    ["10.0.0.5", 80, "it is in use"],
    ["10.0.0.5", 81, "it is in use"],
    ["10.0.0.6", 81, undefined],
  ])("%s:%d", (address, port, expected) => {
    expect(findListener(sockets, address, port, "tcp")).toBe(expected);
  });

  test("of UDP is taken in whatever state", () => {
    const udp = `${head}   0: 0100007F:0035 00000000:0000 07 00000000:00000000\n`;
    expect(findListener(udp, "127.0.0.1", 53, "udp")).toBe("it is in use");
  });
});
