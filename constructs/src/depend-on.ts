interface Resource {
  dependsOn?: string[] | undefined;
}

interface Deployed {
  readonly resource: { readonly terraformResourceType: string; readonly friendlyUniqueId: string };
}

/** `resource` is deployed after `other`, and gone before it goes. */
export function dependOn(resource: Resource, other: Deployed): void {
  const { terraformResourceType, friendlyUniqueId } = other.resource;
  const address = `${terraformResourceType}.${friendlyUniqueId}`;
  const before = resource.dependsOn ?? [];
  if (!before.includes(address)) resource.dependsOn = [...before, address];
}
