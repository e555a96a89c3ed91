import type { ElementType, Schema } from "../../provider/src/plugin";

/** The part of a provider's definition that its users see. */
export interface DocumentedProvider {
  readonly name: string;
  readonly schema: Schema;
  readonly resources: readonly { readonly definition: DocumentedType }[];
  readonly dataSources?: readonly { readonly definition: DocumentedType }[];
  readonly ephemeralResources?: readonly { readonly definition: DocumentedType }[];
  readonly functions?: readonly { readonly definition: DocumentedFunction }[];
}

/** A resource, data source or ephemeral resource. */
export interface DocumentedType {
  /** "covey_node". */
  readonly type: string;
  readonly schema: Schema;
}

export interface DocumentedParameter {
  readonly type: ElementType;
  readonly nullable?: true;
  readonly description?: string;
}

export interface DocumentedFunction {
  readonly name: string;
  readonly summary?: string;
  readonly description?: string;
  readonly deprecation?: string;
  readonly parameters: Readonly<Record<string, DocumentedParameter>>;
  readonly variadic?: DocumentedParameter & { readonly name: string };
  readonly returns: ElementType;
}
