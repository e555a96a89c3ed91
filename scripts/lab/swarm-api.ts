/** Of Docker's API for swarms (1.41), what the lab reads and writes. */

export interface SwarmNode {
  readonly Status: { readonly State: string };
  readonly ManagerStatus?: {
    readonly Leader?: boolean;
    readonly Reachability: string;
    readonly Addr: string;
  };
}

export interface Task {
  readonly Status: { readonly State: string };
}

export interface Service {
  readonly Version: { readonly Index: number };
  readonly Spec: ServiceSpec;
}

export interface ServiceSpec {
  readonly Name: string;
  readonly Labels?: Readonly<Record<string, string>>;
  readonly TaskTemplate: {
    readonly ContainerSpec: { readonly Image: string; readonly Args: readonly string[] };
    readonly Networks: readonly { readonly Target: string }[];
  };
  readonly Mode: { readonly Replicated: { readonly Replicas: number } };
}

/** Containers that do nothing, on the network of their host. */
export function sleepers(image: string, count: number, name = "web"): ServiceSpec {
  return {
    Name: name,
    TaskTemplate: {
      ContainerSpec: { Image: image, Args: ["sleep", "100000"] },
      Networks: [{ Target: "host" }],
    },
    Mode: { Replicated: { Replicas: count } },
  };
}

/** To be written to: of no instances, so that nothing is started by it. */
export function probeService(image: string): ServiceSpec {
  return sleepers(image, 0, "probe");
}
