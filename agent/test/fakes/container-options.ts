import fc from "fast-check";
import type { ContainerOptions } from "../../src/model/container";

const text = fc.string();
const whole = fc.nat(0xffff_ffff);

/** Fields of a stored value: JSON gives objects with the usual prototype. */
function fields<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record<T>(model, { noNullPrototype: true });
}

function some<T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.array(one, { minLength: 1, maxLength: 3 });
}

/** Container options of every shape, for what writes and reads them; undefined where there are none. */
export const containerOptions: fc.Arbitrary<ContainerOptions | undefined> = fc
  .record(
    {
      user: text,
      readOnlyRoot: fc.boolean(),
      capAdd: some(text),
      capDrop: some(text),
      ulimits: some(fields({ name: text, soft: fc.maxSafeInteger(), hard: fc.constant(-1) })),
      shmMiB: whole,
      pidsLimit: whole,
      tmpfs: some(fields({ path: text, sizeMiB: whole })),
      volumes: some(fields({ source: text, target: text, readOnly: fc.boolean() })),
      devices: some(text),
      extraHosts: some(fields({ name: text, address: text })),
      hostname: text,
      dnsSearch: some(text),
      network: text,
      entrypoint: some(text),
      workdir: text,
      stopSignal: text,
      init: fc.boolean(),
      logs: fields({ maxSizeMiB: whole, maxFiles: whole }),
    },
    { requiredKeys: [], noNullPrototype: true },
  )
  .map((options) => (Object.keys(options).length > 0 ? options : undefined));
