import type { Catalog } from "../catalog";
import { bridgeRegion } from "../mesh";
import { nearest } from "../nearest";
import { quoted } from "../quoted";

/** Every region that bridges can announce. */
export const bridgeRegionNames = (catalog: Catalog): ReadonlySet<string> =>
  new Set([
    ...[...catalog.gcpRegions.keys()].map((region) => bridgeRegion("gcp", region)),
    ...[...catalog.linodeRegions.keys()].map((region) => bridgeRegion("linode", region)),
  ]);

/** The message about a name that is none of them. */
export function unknownBridgeRegion(region: string, known: ReadonlySet<string>): string {
  const bare = region.replace(/^(?:gcp|linode)-/, "");
  const suggestion =
    ["gcp", "linode"].map((cloud) => `${cloud}-${bare}`).find((name) => known.has(name)) ??
    nearest(region, known);
  return (
    `${quoted(region)} is not a bridge region; allowed: gcp- or linode- and a region of the catalogue; ` +
    (suggestion ? `did you mean ${quoted(suggestion)}?` : `such as ${quoted("gcp-europe-west4")}`)
  );
}
