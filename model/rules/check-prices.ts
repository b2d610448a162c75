import { nearest } from "../nearest";
import { quoted } from "../quoted";
import type { Catalog } from "../catalog";
import type { Problem } from "../problem";
import type { Rule } from "./rule";

/**
 * Refuses a price of one's own for a machine type, disk or region that no cloud is known to have: nothing would use it, and
 * the figures that it was meant for would go on with the list price.
 */
export const checkPrices: Rule = ({ prices, catalog }) =>
  Object.keys(prices?.usd ?? {}).flatMap((name): Problem[] => {
    const unknown = unknownPart(name, catalog);
    if (unknown === undefined) return [];
    const { what, part, known } = unknown;
    const allowed = what === DISK ? known.join(", ") : "those of the catalogue and of catalog.extra";
    const near = nearest(part, known);
    return [
      {
        at: { kind: "defaults" },
        path: ["prices", "usd", name],
        message:
          `${quoted(part)} is not a known ${what}, so nothing uses this price; allowed: ${allowed}; ` +
          `${near === undefined ? "correct or remove it" : `did you mean ${quoted(near)}?`}`,
      },
    ];
  });

const DISK = "type of disk";

interface Unknown {
  readonly what: string;
  readonly part: string;
  readonly known: readonly string[];
}

function unknownPart(name: string, catalog: Catalog): Unknown | undefined {
  const [cloud, kind, ...parts] = name.split("/");
  const isGoogle = cloud === "gcp";
  const types = [...(isGoogle ? catalog.gcpMachineTypes : catalog.linodeTypes).keys()];
  const regions = [...(isGoogle ? catalog.gcpRegions : catalog.linodeRegions).keys()];
  const disks = ["pd-balanced", "pd-ssd", "pd-standard"];
  const what = isGoogle ? "Google Cloud" : "Linode";
  const first =
    kind === "machine"
      ? { what: `${what} machine type`, known: types }
      : kind === "disk"
        ? { what: DISK, known: disks }
        : { what: `${what} region`, known: regions };
  return parts
    .map((part, index) => ({ part, ...(index === 0 ? first : { what: `${what} region`, known: regions }) }))
    .find(({ part, known }) => !known.includes(part));
}
