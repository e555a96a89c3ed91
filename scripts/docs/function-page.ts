import type { DocumentedFunction, DocumentedParameter } from "./provider";
import { sentence } from "./attribute-line";
import { typeExpression, typeName } from "./type-name";

/** `## Signature`, what it takes and what it gives. */
export function functionSections({
  name,
  parameters,
  variadic,
  returns,
}: DocumentedFunction): string[] {
  const all = Object.entries(parameters);
  const signature = [
    ...all.map(([parameter, { type }]) => `${parameter} ${typeExpression(type.type)}`),
    ...(variadic ? [`${variadic.name} ${typeExpression(variadic.type.type)}...`] : []),
  ].join(", ");
  const lines = all.map(([parameter, about], index) => argumentLine(index, parameter, about));
  return [
    "## Signature",
    `\`\`\`text\n${name}(${signature}) ${typeExpression(returns.type)}\n\`\`\``,
    ...(lines.length === 0 ? [] : ["## Arguments", lines.join("\n")]),
    ...(variadic
      ? ["## Variadic Arguments", argumentLine(all.length, variadic.name, variadic)]
      : []),
    "## Return Type",
    sentence(typeName(returns.type)),
  ];
}

function argumentLine(
  index: number,
  name: string,
  { type, nullable, description }: DocumentedParameter,
): string {
  const marks = [typeName(type.type), ...(nullable === true ? ["Nullable"] : [])].join(", ");
  const text = description === undefined ? "" : ` ${sentence(description)}`;
  return `${index + 1}. \`${name}\` (${marks})${text}`;
}
