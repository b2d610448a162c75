import type { PlannedChange } from "./judge-plan";

/** A value as JSON has it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type JsonObject = { readonly [key: string]: Json };

/** What a plan does to one object, with all that the plan knows of it. */
export interface PlannedObject extends PlannedChange {
  /** Such as `google_compute_instance`. */
  readonly type: string;
  /** Within its type, without what stands in brackets: `bridge-1`. */
  readonly name: string;
  /** For a replacement: the new object is made before the old one goes; Terraform prints `+/-` and not `-/+`. */
  readonly createFirst: boolean;
  /** For a replacement: the attributes that ask for it, such as `boot_disk.0.initialize_params.0.image`. */
  readonly replacePaths: readonly string[];
  /** Attributes as they are; null before it is created. */
  readonly before: JsonObject | null;
  /** Attributes as they will be, as far as the plan knows them; null when it goes. */
  readonly after: JsonObject | null;
  /** True where `after` is known after the apply only; the same shape, cut off where nothing is unknown. */
  readonly unknown: Json;
  /** True where a value must not be shown, before or after. */
  readonly hidden: readonly Json[];
}
