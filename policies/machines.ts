import { blocksOf } from "./blocks";
import type { Attributes, Resource } from "./policy";

/** Google machines, and the templates that they are made of. */
export const isGoogleMachine = ({ type }: Resource): boolean =>
  /^google_compute_(?:instance|(?:region_)?instance_template)$/.test(type);

/** The first block of a name; empty when there is none. */
export const blockOf = (attributes: Attributes, name: string): Attributes =>
  blocksOf(attributes, name)[0] ?? {};
