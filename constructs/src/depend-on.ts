import type { Node } from "./node";

interface Resource {
  dependsOn?: string[] | undefined;
}

/** `resource` is deployed after `node`, and gone before it goes. */
export function dependOn(resource: Resource, node: Node): void {
  const { terraformResourceType, friendlyUniqueId } = node.resource;
  resource.dependsOn = [
    ...(resource.dependsOn ?? []),
    `${terraformResourceType}.${friendlyUniqueId}`,
  ];
}
