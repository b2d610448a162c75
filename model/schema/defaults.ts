import { z } from "zod";
import { accountSchema } from "./account";
import { customerSchema, serverSchema } from "./customer";
import { cloudNameSchema, labelsSchema } from "./fields";
import { layerOf } from "./layer";
import { gcpPoolSchema, linodePoolSchema } from "./pool";
import { pricesSchema } from "./prices";

/** Fields that identify a pool or say where it is: only its own file has them. */
const POOL_IDENTITY = ["cloud", "region", "serves"] as const;
const poolIdentity = { cloud: true, region: true, serves: true } as const;

const inheritableCustomerSchema = customerSchema
  .omit({ hostname: true })
  .extend({ server: serverSchema.omit({ cloud: true }).describe(serverSchema.description!) });

/** What one layer above an entity's own file may say. */
export const layerSchema = z.strictObject({
  labels: labelsSchema.optional(),
  customers: layerOf(inheritableCustomerSchema)
    .optional()
    .describe("Settings of every customer below this layer."),
  gcpPools: layerOf(gcpPoolSchema.omit({ ...poolIdentity, nextImage: true }))
    .optional()
    .describe("Settings of every pool on Google Cloud below this layer."),
  linodePools: layerOf(
    linodePoolSchema.omit({ ...poolIdentity, nextImage: true, draining: true, bridges: true }),
  )
    .optional()
    .describe("Settings of every pool on Linode below this layer."),
});

export type Layer = z.output<typeof layerSchema>;

const continentSchema = z.enum([
  "africa",
  "asia",
  "europe",
  "middle-east",
  "north-america",
  "oceania",
  "south-america",
]);

const machineSizeSchema = z.strictObject({
  vcpus: z.number().int().min(1).describe("Virtual processors."),
  memoryGb: z.number().min(0.5).describe("Memory in GB."),
});

/** Names that the shipped catalogue does not know yet. */
export const catalogExtraSchema = z.strictObject({
  gcpRegions: z
    .record(
      cloudNameSchema,
      z.strictObject({
        zones: z.array(z.string()).min(1, "allowed: at least one zone").describe("Zones of the region."),
        continent: continentSchema.describe("Region group that it joins."),
      }),
    )
    .optional()
    .describe("Google Cloud regions, by name."),
  gcpMachineTypes: z
    .record(cloudNameSchema, machineSizeSchema)
    .optional()
    .describe("Google Cloud machine types, by name."),
  linodeRegions: z
    .record(
      cloudNameSchema,
      z.strictObject({
        continent: continentSchema.describe("Region group that it joins."),
        placementGroupLimit: z
          .number()
          .int()
          .min(0)
          .max(100)
          .default(5)
          .describe("Linodes that one placement group takes; 0 = the region has none (default 5)."),
      }),
    )
    .optional()
    .describe("Linode regions, by name."),
  linodeTypes: z.record(cloudNameSchema, machineSizeSchema).optional().describe("Linode types, by name."),
});

export type CatalogExtra = z.output<typeof catalogExtraSchema>;

/** accounts/defaults.yaml: the lowest layer of every account. */
export const defaultsFileSchema = layerSchema.extend({
  catalog: z
    .strictObject({
      extra: catalogExtraSchema.optional().describe("Names to admit beside the shipped lists."),
    })
    .optional()
    .describe("What the clouds offer, beyond the lists that this project ships."),
  prices: pricesSchema.optional(),
});

/** account.yaml as it is written: the account itself and the layers for its customers and pools. */
export const accountFileSchema = (
  layerOf(accountSchema, ["state", "operators"]) as unknown as z.ZodObject
).extend({
  defaults: layerSchema
    .optional()
    .describe("Layer between accounts/defaults.yaml and the files of this account's customers and pools."),
  overrides: layerSchema.optional().describe("Layer above everything: wins over the entities' own files."),
});

/** A customer's own file. */
export const customerFileSchema = layerOf(customerSchema);

/** A pool's own file, by cloud. */
export const gcpPoolFileSchema = layerOf(gcpPoolSchema, POOL_IDENTITY);
export const linodePoolFileSchema = layerOf(linodePoolSchema, POOL_IDENTITY);
