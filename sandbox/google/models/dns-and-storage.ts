import { createHash } from "node:crypto";
import { Refusal } from "../../protocol/diagnostic";
import { asText, asTexts, isUnknown } from "../../protocol/value";
import { atLeast, matches } from "../../engine/value-rules";
import { refused } from "../google-cloud";
import type { ResourceModel } from "../../engine/resource-model";
import type { GoogleSettings } from "../settings";

type Model = ResourceModel<GoogleSettings>;

/** Seconds for which a deleted object of a bucket can be brought back, when nothing else is said: 7 days. */
const SOFT_DELETE_SECONDS = 604_800;

const zone: Model = {
  clientOnly: ["force_destroy"],
  computedBlocks: ["cloud_logging_config"],
  rules: [matches("dns_name", /^.+\.$/), matches("name", /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/)],
  chosen: () => ({
    cloud_logging_config: [{ enable_logging: false }],
    name_servers: [1, 2, 3, 4].map((server) => `ns-cloud-a${server}.googledomains.com.`),
  }),
  checkDelete(object, around) {
    const zoneId = object["id"];
    const records = around
      .list("google_dns_record_set")
      .filter(
        ({ attributes }) =>
          around.follow("google_dns_managed_zone", attributes["managed_zone"], attributes)?.id === zoneId,
      );
    if (records.length === 0 || object["force_destroy"] === true) return;
    const message = `The resource named '${String(object["name"])}' cannot be deleted because it contains one or more 'resource records', containerNotEmpty`;
    throw refused("deleting", { name: "google_dns_managed_zone" }, message);
  },
};

const record: Model = {
  references: [{ path: "managed_zone", type: "google_dns_managed_zone", holds: false }],
  rules: [matches("name", /^.+\.$/), atLeast("ttl", 0)],
  check({ planned }, around) {
    const zoneName = around.follow("google_dns_managed_zone", planned["managed_zone"], planned)?.attributes[
      "dns_name"
    ];
    const [name, type] = [String(planned["name"]), { name: "google_dns_record_set" }];
    if (typeof zoneName === "string" && name !== zoneName && !name.endsWith(`.${zoneName}`)) {
      throw refused(
        "creating",
        type,
        `Invalid value for 'entity.change.additions[0].name': '${name}' is not in the zone '${zoneName}', invalid`,
        "name",
      );
    }
    for (const data of asTexts(planned["rrdatas"])) {
      const octets = data.split(".").map(Number);
      const isAddress =
        octets.length === 4 && octets.every((octet) => Number.isInteger(octet) && octet >= 0 && octet <= 255);
      if (planned["type"] !== "A" || isAddress) continue;
      throw refused(
        "creating",
        type,
        `Invalid value for 'entity.change.additions[0].rrdata[0]': '${data}', invalid`,
        "rrdatas",
      );
    }
  },
};

const bucket: Model = {
  clientOnly: ["force_destroy"],
  computedBlocks: ["soft_delete_policy", "versioning", "website"],
  rules: [matches("name", /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/)],
  plan({ prior, planned }) {
    const location = asText(planned["location"])?.toUpperCase();
    const before = asText(prior?.["location"]);
    if (location !== undefined) planned["location"] = before?.toUpperCase() === location ? before! : location;
  },
  chosen: (object, { now }) => ({
    public_access_prevention: "inherited",
    rpo: "",
    self_link: `https://www.googleapis.com/storage/v1/b/${String(object["name"])}`,
    soft_delete_policy: [{ effective_time: now, retention_duration_seconds: SOFT_DELETE_SECONDS }],
    updated: now,
    url: `gs://${String(object["name"])}`,
    versioning: [],
  }),
  contents: {
    types: ["google_storage_bucket_object"],
    isIn: (content, object) => content["bucket"] === object["name"],
  },
  checkDelete(object, around) {
    const isFull = around
      .list("google_storage_bucket_object")
      .some(({ attributes }) => attributes["bucket"] === object["name"]);
    if (!isFull || object["force_destroy"] === true) return;
    throw new Refusal(
      `Error trying to delete bucket ${String(object["name"])} containing objects without \`force_destroy\` set to true`,
    );
  },
};

const object: Model = {
  clientOnly: ["deletion_policy", "source", "source_md5hash"],
  idempotent: true,
  references: [{ path: "bucket", type: "google_storage_bucket", holds: false }],
  abandons: (values) => values["deletion_policy"] === "ABANDON",
  plan({ config, planned }) {
    if (isUnknown(config["content"])) return;
    // A file is not read: the hash of the object's name stands for its own.
    const text = asText(config["content"]) ?? asText(planned["name"]);
    if (text !== undefined) planned["detect_md5hash"] = md5(text);
  },
  chosen(values, { store }) {
    const { bucket: inBucket, name, detect_md5hash: hash } = values as Record<string, string>;
    const link = `https://www.googleapis.com/storage/v1/b/${inBucket}/o/${encodeURIComponent(name!)}`;
    return {
      content_type: "text/plain; charset=utf-8",
      generation: store.next("storage generation") + 1,
      md5hash: hash!,
      md5hexhash: Buffer.from(hash!, "base64").toString("hex"),
      media_link: `${link.replace("/storage/v1/", "/download/storage/v1/")}?alt=media`,
      output_name: name!,
      self_link: link,
      storage_class: "STANDARD",
    };
  },
};

const md5 = (content: string): string => createHash("md5").update(content).digest("base64");

/** Names on the network, and files. */
export const dnsAndStorageModels: Readonly<Record<string, Model>> = {
  google_dns_managed_zone: zone,
  google_dns_record_set: record,
  google_storage_bucket: bucket,
  google_storage_bucket_object: object,
};
