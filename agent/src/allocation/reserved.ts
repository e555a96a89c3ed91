const slash = 47;

/** What is reserved for a role is for it and the roles below it (Mesos Resources::allocatableTo). */
export function mayUse(role: string, reservedFor: string | undefined): boolean {
  if (reservedFor === undefined || role === reservedFor) return true;
  return role.charCodeAt(reservedFor.length) === slash && role.startsWith(reservedFor);
}
