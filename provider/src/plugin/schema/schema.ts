import type { Attributes, ModelOf, PlanModelOf } from "./attribute";
import type { Validator } from "./validator";

/** What a resource, data source or provider takes and gives, declared once; `Model` and `PlanModel` are its types. */
export interface Schema<A extends Attributes = Attributes> {
  /** Markdown, first sentence used as summary. */
  readonly description?: string;
  readonly deprecation?: string;
  /** Attributes and nested blocks, by name: see `attributes` and `blocks`. */
  readonly attributes: A;
  /** Rules over several attributes: `exactlyOneOf("host", "hosts")`. */
  readonly validators?: readonly Validator<Readonly<Record<string, unknown>>>[];
}

/** All values known, null where absent. In create, what is not known yet is null as well. */
export type Model<S extends Schema> = ModelOf<S["attributes"]>;

/** Values of a configuration or plan: any of them may be `Unknown`, at every level. */
export type PlanModel<S extends Schema> = PlanModelOf<S["attributes"]>;
