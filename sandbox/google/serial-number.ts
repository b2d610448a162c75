import { createHash } from "node:crypto";
import type { CloudStore } from "../store/cloud-store";

/** A numeric id in decimal, 19 digits long like those of Compute Engine, never given twice. */
export const serialText = (store: CloudStore): string =>
  `4${String(store.next("google id")).padStart(18, "0")}`;

/** A numeric id for attributes that are numbers: small enough to be exact in JSON. */
export const serialNumber = (store: CloudStore): number => 4_000_000_000_000 + store.next("google id");

/** The number of a project: 12 digits, always the same for a name. */
export function projectNumber(project: string): string {
  const digest = createHash("sha256").update(project).digest();
  return String(100_000_000_000 + (digest.readUIntBE(0, 6) % 900_000_000_000));
}

/** A short text that changes with its source, as the cloud's fingerprints and etags do. */
export const fingerprint = (source: unknown): string =>
  createHash("sha256")
    .update(JSON.stringify(source ?? null))
    .digest("base64")
    .slice(0, 11) + "=";
