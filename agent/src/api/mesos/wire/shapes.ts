import { parseShapes } from "./parse-shapes";
import { protoFiles } from "./proto-files";
import type { Shape } from "./shape";

interface Shapes {
  readonly call: Shape;
  readonly event: Shape;
  readonly response: Shape;
}

let made: Shapes | undefined;

/** Made when first asked for: most agents never see a Mesos call, and pay nothing for it. */
export function shapes(): Shapes {
  made ??= parsed();
  return made;
}

function parsed(): Shapes {
  const named = parseShapes(Object.values(protoFiles));
  return {
    call: named("mesos.v1.scheduler.Call"),
    event: named("mesos.v1.scheduler.Event"),
    response: named("mesos.v1.scheduler.Response"),
  };
}
