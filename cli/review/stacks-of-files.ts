import type { RolloutStack } from "../../rollout/fleet-stacks";

/**
 * The stacks that files of the accounts have a say in: those of a customer or pool with all that share bridges with it,
 * those of a whole account, or all.
 *
 * @param files below the accounts directory: `acme/customers/abc.yaml`, `defaults.yaml`
 */
export function stacksOfFiles(
  stacks: ReadonlyMap<string, RolloutStack>,
  files: readonly string[],
): ReadonlySet<string> {
  const all = [...stacks.values()];
  const found = new Set<string>();
  const addMesh = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    const own = stacks.get(id);
    if (own?.kind !== "customer" && own?.kind !== "pool") return;
    for (const other of all)
      if (other.kind !== "account" && other.customers.some((customer) => own.customers.includes(customer)))
        addMesh(other.id);
  };
  for (const file of files) {
    const [account, folder, name] = file.split("/");
    const isOfOne = name !== undefined && (folder === "customers" || folder === "pools");
    const kind = folder === "customers" ? "customer" : "pool";
    const id = name?.replace(/\.yaml$/, "");
    for (const stack of all) {
      if (folder === undefined) addMesh(stack.id);
      else if (stack.account !== account) continue;
      else if (!isOfOne) addMesh(stack.id);
      else if (stack.kind === kind && (stack.name === id || stack.name === `${account}/${id}`))
        addMesh(stack.id);
    }
  }
  return found;
}
