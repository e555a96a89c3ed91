/** Of mesos.proto: what resources and attributes are made of; shapes as in messages.ts. */

export interface Value {
  readonly value: string;
}

interface Label {
  readonly key: string;
  readonly value?: string;
}

export interface Labels {
  readonly labels?: readonly Label[];
}

export interface Range {
  readonly begin: number;
  readonly end: number;
}

interface Reservation {
  readonly type?: "UNKNOWN" | "STATIC" | "DYNAMIC";
  readonly role?: string;
  readonly principal?: string;
  readonly labels?: Labels;
}

export interface Resource {
  readonly name: string;
  readonly type: "SCALAR" | "RANGES" | "SET" | "TEXT";
  readonly scalar?: { readonly value: number };
  readonly ranges?: { readonly range?: readonly Range[] };
  readonly set?: { readonly item?: readonly string[] };
  readonly role?: string;
  readonly allocation_info?: { readonly role?: string };
  readonly reservations?: readonly Reservation[];
  readonly disk?: object;
  readonly revocable?: object;
  readonly shared?: object;
}

export interface Attribute {
  readonly name: string;
  readonly type: "SCALAR" | "RANGES" | "SET" | "TEXT";
  readonly scalar?: { readonly value: number };
  readonly ranges?: { readonly range?: readonly Range[] };
  readonly set?: { readonly item?: readonly string[] };
  readonly text?: { readonly value: string };
}
