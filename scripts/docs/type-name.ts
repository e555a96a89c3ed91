import type { Attribute } from "../../provider/src/plugin";

type Type = Attribute["type"];

const scalars = { string: "String", number: "Number", bool: "Boolean", dynamic: "Dynamic" };
const collections = { list: "List", set: "Set", map: "Map" };
const nestings = {
  single: "Attributes",
  list: "Attributes List",
  set: "Attributes Set",
  map: "Attributes Map",
};

/** As the registry's pages call it: "String", "Map of Number", "Attributes List". */
export function attributeTypeName({ type, nested }: Attribute): string {
  return nested === undefined ? typeName(type) : nestings[nested.nesting];
}

export function typeName(type: Type): string {
  switch (type.kind) {
    case "list":
    case "set":
    case "map":
      return `${collections[type.kind]} of ${typeName(type.element)}`;
    case "object": {
      const fields = Object.entries(type.attributes);
      return `Object (${fields.map(([name, field]) => `${name}: ${typeName(field)}`).join(", ")})`;
    }
    case "tuple":
      return `Tuple (${type.elements.map(typeName).join(", ")})`;
    default:
      return scalars[type.kind];
  }
}

/** As Terraform writes it: `list(string)`. */
export function typeExpression(type: Type): string {
  switch (type.kind) {
    case "list":
    case "set":
    case "map":
      return `${type.kind}(${typeExpression(type.element)})`;
    case "object": {
      const fields = Object.entries(type.attributes);
      return `object({ ${fields.map(([name, field]) => `${name} = ${typeExpression(field)}`).join(", ")} })`;
    }
    case "tuple":
      return `tuple([${type.elements.map(typeExpression).join(", ")}])`;
    default:
      return type.kind;
  }
}
