import type { Resource } from "./policy";

/** Google machines, and the templates that they are made of. */
export const isGoogleMachine = ({ type }: Resource): boolean =>
  /^google_compute_(?:instance(?:_from_(?:template|machine_image))?|(?:region_)?instance_template)$/.test(
    type,
  );
