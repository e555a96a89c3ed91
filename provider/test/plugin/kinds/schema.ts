import {
  attributes,
  blocks,
  int64,
  sizeBetween,
  timeouts,
  types,
  useStateForUnknown,
  willBeBetween,
  willHavePrefix,
  willHaveSizeBetween,
  type Model,
} from "../../../src/plugin";

const { decimal, dynamic, integer, list, mapNested, number, set, single, string, tuple } =
  attributes;

/** One of every kind that a schema can have. */
export const thingSchema = {
  description: "A thing of many kinds.",
  attributes: {
    id: string({
      computed: true,
      planModifiers: [useStateForUnknown(), willHavePrefix("thing-")],
    }),
    name: string({ required: true }),
    serial: integer({ optional: true }),
    small: integer({ optional: true, default: 7n, validators: [int64()] }),
    ratio: decimal({ optional: true }),
    exact: list(types.decimal, { optional: true }),
    anything: dynamic({ optional: true }),
    pair: tuple([types.string, types.integer], { optional: true }),
    extra: single({ value: dynamic({ optional: true }) }, { optional: true }),
    tags: set(types.object({ key: types.string, amount: types.decimal }), { optional: true }),
    parts: mapNested(
      {
        size: integer({ optional: true, default: 1n }),
        note: string({ computed: true, planModifiers: [useStateForUnknown()] }),
      },
      { optional: true },
    ),
    slots: list(types.string, { computed: true, planModifiers: [willHaveSizeBetween(1, 3)] }),
    revision: number({ computed: true, planModifiers: [willBeBetween(1, 1000)] }),
    timeouts: timeouts({ create: "1m" }),
    owner: blocks.single(
      { name: string({ required: true }), email: string({ optional: true }) },
      { description: "Who cares." },
    ),
    rule: blocks.list(
      {
        port: number({ required: true }),
        action: string({ optional: true, default: "allow" }),
        token: string({ computed: true, planModifiers: [useStateForUnknown()] }),
        match: blocks.set({ path: string({ required: true }) }),
      },
      { maxItems: 3, validators: [sizeBetween(0, 3)] },
    ),
    peer: blocks.set({
      address: string({ required: true }),
      weight: integer({ optional: true, default: 10n }),
      state: string({ computed: true }),
    }),
    zone: blocks.map({
      size: integer({ required: true }),
      key: string({ computed: true, planModifiers: [useStateForUnknown()] }),
    }),
  },
};

export type Thing = Model<typeof thingSchema>;
