import { z } from "zod";

/** Names of prices, by their first two parts, and the parts that may follow. */
const PRICE_KINDS = {
  "gcp/machine": "<type>/<region>",
  "gcp/disk": "<type>/<region>",
  "gcp/snapshot": "<region>",
  "gcp/address": "<region>",
  "gcp/egress": "<region>",
  "gcp/relay": "<from region>/<to region>",
  "gcp/monitoring": "",
  "linode/machine": "<type>/<region>",
  "linode/egress": "<region>",
} as const;

/** `gcp/machine/n2-standard-4/europe-west4` or its beginning. */
export function isPriceName(name: string): boolean {
  const [cloud, kind, ...rest] = name.split("/");
  const key = `${cloud}/${kind}`;
  if (!Object.hasOwn(PRICE_KINDS, key)) return false;
  const parts = PRICE_KINDS[key as keyof typeof PRICE_KINDS].split("/").filter((part) => part !== "");
  return rest.length <= parts.length && rest.every((part) => /^[a-z0-9][a-z0-9-]*$/.test(part));
}

const KINDS_TEXT = Object.entries(PRICE_KINDS)
  .map(([kind, rest]) => (rest === "" ? kind : `${kind}/${rest}`))
  .join(", ");

/** `prices` of accounts/defaults.yaml. */
export const pricesSchema = z
  .strictObject({
    source: z
      .string()
      .regex(/^[!-~\u00a1-\uffff][ -~\u00a0-\uffff]{0,199}$/, "allowed: a line of text, such as our contract")
      .describe(
        "Where the prices are from, such as a contract or a list; every figure that uses one says it.",
      ),
    date: z
      .string()
      .regex(/^20[0-9]{2}-[0-9]{2}(?:-[0-9]{2})?$/, 'allowed: a day or month such as "2026-07-01", quoted')
      .describe('When they held, such as "2026-07-01".'),
    usd: z
      .record(
        z.string().refine(isPriceName, `allowed: ${KINDS_TEXT}, or the beginning of one`),
        z.number().min(0).max(1_000_000),
      )
      .describe(
        `US dollars by the name of the price: ${KINDS_TEXT}. Without its last parts a name holds for all that begin ` +
          "with it; the longest name wins. A gcp/machine and gcp/address is for an hour, gcp/disk and gcp/snapshot for a " +
          "GB and month, egress and relay for a GB, gcp/monitoring for a MiB, linode/machine for a month. " +
          "npx fleet cost --explain shows the names in use.",
      ),
  })
  .describe(
    "Prices that win over the shipped table, for npx fleet cost and fleet simulate (default: list prices). They change " +
      "no machine.",
  );

export type OwnPrices = z.output<typeof pricesSchema>;
