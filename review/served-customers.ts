/**
 * Ids of customers whose calls a stack's bridges carry, by its resources (type -> name): those at whose brewery a pool's bridges are let
 * in, and the one that has a bridge on its server.
 */
export function servedCustomers(
  stack: string,
  resources: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): string[] {
  return Object.keys(resources["google_compute_firewall"] ?? {}).flatMap((name) => {
    if (name === "media-on-server") return [stack.replace(/^customer-/, "")];
    return /^brewery-(.+)$/.exec(name)?.slice(1) ?? [];
  });
}
