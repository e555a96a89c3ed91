import { fileOf, uidIn } from "./container-user";

describe("a container's user by name", () => {
  const passwd = "root:x:0:0::/:/bin/sh\nweb:x:1234:100::/:\nodd:x:-1:0\nwebadmin:x:9:9::/:\n";

  it("has the number its /etc/passwd says", () => {
    expect(uidIn(passwd, "web")).toBe(1234);
    expect(uidIn(passwd, "root")).toBe(0);
  });

  it.each(["nobody", "odd", "", "x"])("'%s' has none where none is said", (name) => {
    expect(uidIn(passwd, name)).toBeUndefined();
  });

  it("is read from the archive in which the engine hands a file over", () => {
    const head = Buffer.alloc(512);
    head.write("passwd", 0);
    head.write("00000000007\0", 124);
    expect(fileOf(Buffer.concat([head, Buffer.from("a:x:1:\n\0\0\0")]))).toBe("a:x:1:\n");
    expect(fileOf(Buffer.alloc(10))).toBe("");
  });
});
