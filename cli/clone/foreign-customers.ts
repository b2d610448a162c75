import { formatField } from "../../config/format-field";
import { parseYaml } from "../../config/parse-yaml";
import { ProblemList } from "../../config/problem-list";
import { SourceFile } from "../../config/source-file";
import { nodeAt, offsetOf } from "../../config/yaml-node";
import type { Fleet } from "../../model/fleet";
import { quoted } from "../../model/quoted";
import type { Place } from "./place";

/** A line of a copied pool that is allowed and may still not be meant. */
export interface Leftover extends Place {
  readonly message: string;
}

/**
 * Where pools of copies serve customers of other accounts, as the original did: Linode bridges may, so nothing refuses
 * it, and the copy's would join the calls of a customer who is not its own.
 *
 * @param files by path, with the accounts directory's name in front
 */
export function foreignCustomers(
  { customers, pools }: Fleet,
  copies: ReadonlySet<string>,
  files: ReadonlyMap<string, Uint8Array>,
): readonly Leftover[] {
  const root = [...files.keys()][0]?.split("/")[0] ?? "";
  return pools
    .filter(({ account }) => copies.has(account))
    .flatMap(({ account, id, serves }) =>
      serves.flatMap((customer, index): Leftover[] => {
        const owners = customers.filter((each) => each.id === customer).map((each) => each.account);
        if (owners.length === 0 || owners.includes(account)) return [];
        const file = `${root}/${account}/pools/${id}.yaml`;
        const path = ["serves", index];
        const message =
          `${quoted(customer)} is a customer of account ${owners[0]!}, and bridges of ${account} will carry its calls ` +
          "as those of the original do; remove it if that is not meant";
        return [{ file, ...positionOf(files.get(file), path), field: formatField(path), message }];
      }),
    );
}

function positionOf(bytes: Uint8Array | undefined, path: readonly (string | number)[]) {
  const source = new SourceFile(
    "",
    "pool",
    Buffer.from(bytes ?? [])
      .toString("utf8")
      .replace(/^\ufeff/, ""),
  );
  const root = parseYaml(source, new ProblemList());
  const node = root && nodeAt(root, path);
  return node ? source.positionAt(offsetOf(node)) : { line: 1, column: 1 };
}
