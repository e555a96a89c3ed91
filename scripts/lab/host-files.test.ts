import { etcFiles } from "./host-files";

describe("a lab host's /etc", () => {
  const files = etcFiles({
    name: "h2",
    bip: "172.30.2.1/24",
    cgroup: "covey-lab0/h2",
    registry: "registry.lab:5000",
    names: [
      ["10.99.0.1", "h1"],
      ["10.99.0.253", "registry.lab"],
    ],
    authorizedKey: "ssh-ed25519 AAAA lab\n",
  });

  it("has an engine with a bridge, a cgroup and a registry of the lab's own", () => {
    expect(JSON.parse(files["docker/daemon.json"] ?? "")).toEqual({
      bip: "172.30.2.1/24",
      "cgroup-parent": "/covey-lab0/h2",
      "exec-opts": ["native.cgroupdriver=cgroupfs"],
      "insecure-registries": ["registry.lab:5000"],
    });
  });

  it("lets in whoever has the lab's key, and nobody by password", () => {
    expect(files["ssh/lab_authorized_keys"]).toBe("ssh-ed25519 AAAA lab\n");
    expect(files["ssh/lab_sshd_config"]).toMatch(/^PasswordAuthentication no$/m);
    expect(files["ssh/lab_sshd_config"]).toMatch(/^PermitRootLogin prohibit-password$/m);
  });

  it("knows the other hosts and the registry by name", () => {
    expect(files["hosts"]).toBe("127.0.0.1 localhost\n10.99.0.1 h1\n10.99.0.253 registry.lab\n");
  });
});
