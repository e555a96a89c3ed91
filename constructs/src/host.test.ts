import { App, TerraformStack, Testing } from "cdktf";
import { Cluster, Host, Size } from "./index";

type Resource = Record<string, unknown>;

function nodesOf(build: (stack: TerraformStack) => void): Resource[] {
  const stack = new TerraformStack(new App(), "stack");
  build(stack);
  const { resource } = JSON.parse(Testing.synth(stack)) as {
    resource: Record<string, Record<string, Resource>>;
  };
  return Object.values(resource["covey_node"] ?? {});
}

function nodeOn(host: Host): Resource | undefined {
  return nodesOf((stack) => {
    new Cluster(stack, "prod", { voters: 1 }).addNode("a", host);
  })[0];
}

describe("a host over SSH", () => {
  it("is named as ssh names it, its address following from an IPv4 target", () => {
    expect(nodeOn(Host.ssh("ops@10.0.0.5:2222"))).toMatchObject({
      address: "10.0.0.5",
      ssh: { host: "10.0.0.5", user: "ops", port: 2222 },
    });
    expect(nodeOn(Host.ssh("10.0.0.5"))).toMatchObject({ ssh: { host: "10.0.0.5" } });
  });

  it("says how to get in, how the server is known, and what lies between", () => {
    const host = Host.ssh("ops@web-1.example", {
      address: "10.0.0.5",
      privateKeyFile: "/keys/id",
      hostKey: "SHA256:abc",
      sudo: true,
      jump: { target: "bastion.example", hostKey: "SHA256:def" },
    });
    expect(nodeOn(host)).toMatchObject({
      address: "10.0.0.5",
      ssh: {
        host: "web-1.example",
        private_key_file: "/keys/id",
        host_key: "SHA256:abc",
        sudo: true,
        jump: { host: "bastion.example", host_key: "SHA256:def" },
      },
    });
    expect(nodeOn(Host.ssh("10.0.0.5", { jump: "ops@bastion:2200" }))).toMatchObject({
      ssh: { jump: { host: "bastion", user: "ops", port: 2200 } },
    });
  });

  it.each([
    ["", {}, "the target is USER@HOST:PORT"],
    ["-oProxyCommand=x", {}, "the target is USER@HOST:PORT"],
    ["a b", {}, "the target is USER@HOST:PORT"],
    ["10.0.0.5:0", {}, "port 0 is not within 1 to 65535"],
    ["web-1.example", {}, "'web-1.example' is a name; give address"],
    ["10.0.0.5", { address: "web" }, "address 'web' is no IPv4 address"],
    ["10.0.0.5", { jump: "a b" }, "jump 'a b': the target is USER@HOST:PORT"],
    [
      "10.0.0.5",
      { privateKeyFile: "/k", agent: true },
      "privateKeyFile and agent are two ways in; give one of them",
    ],
    [
      "10.0.0.5",
      { hostKey: "SHA256:a", knownHostsFile: "/k" },
      "hostKey and knownHostsFile are two ways to know the server",
    ],
  ])("refuses %j with %j", (target, options, why) => {
    expect(() => Host.ssh(target, options)).toThrow(why);
  });
});

describe("a host that is a container", () => {
  it("is reached over SSH as a machine is, through another host too", () => {
    const ssh = { privateKeyFile: "/keys/k", sudo: true, jump: "ops@bastion:2200" };
    expect(nodeOn(Host.docker("ssh://ops@10.0.0.9", { ssh }))).toMatchObject({
      docker: {
        host: "ssh://ops@10.0.0.9",
        ssh: {
          private_key_file: "/keys/k",
          sudo: true,
          jump: { host: "bastion", user: "ops", port: 2200 },
        },
      },
    });
    expect(() => Host.docker("ssh://ops@10.0.0.9", { ssh: { ...ssh, agent: true } })).toThrow(
      "Host.docker('ssh://ops@10.0.0.9'): privateKeyFile and agent are two ways in",
    );
  });

  it("is of this machine's engine and without limits where nothing is said", () => {
    const node = nodeOn(Host.docker());
    expect(node?.["docker"]).toEqual({});
    expect(node?.["address"]).toBe("10.208.1.11");
  });

  it("says which engine, image, limits and images for tasks", () => {
    const host = Host.docker("tcp://10.0.0.9:2376", {
      address: "10.9.0.11",
      subnet: "10.9.0.0/24",
      cpus: 1,
      memory: Size.gibibytes(1),
      image: "mine:1",
      images: ["web:1"],
      tls: { caFile: "/ca.pem" },
    });
    expect(nodeOn(host)).toMatchObject({
      address: "10.9.0.11",
      docker: {
        host: "tcp://10.0.0.9:2376",
        subnet: "10.9.0.0/24",
        cpus: 1,
        memory_mib: 1024,
        image: "mine:1",
        images: ["web:1"],
        ca_file: "/ca.pem",
      },
    });
  });

  it("shares a network with those of its cluster, and with no other cluster", () => {
    const nodes = nodesOf((stack) => {
      new Cluster(stack, "one", { voters: 1 }).addNodes("n", [Host.docker(), Host.docker()]);
      new Cluster(stack, "two", { voters: 1 }).addNodes("n", [Host.docker(), Host.local()]);
    });
    expect(nodes.map(({ address }) => address)).toEqual([
      "10.208.1.11",
      "10.208.1.12",
      "10.208.2.11",
      "10.207.1.1",
    ]);
  });
});
