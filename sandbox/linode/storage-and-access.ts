import { Refusal } from "../protocol/diagnostic";
import { asNumber, asText } from "../protocol/value";
import { between, lengthBetween, matches, oneOf } from "../engine/value-rules";
import { linodeError, refuseSameLabel } from "./linode-cloud";
import type { LinodeModel } from "./linode-cloud";

const VOLUME = { name: "linode_volume" };

/** Volumes, buckets, keys and locks. */
export const storageAndAccessModels: Readonly<Record<string, LinodeModel>> = {
  linode_volume: {
    references: [{ path: "linode_id", type: "linode_instance", holds: false }],
    rules: [lengthBetween("label", 1, 32), between("size", 10, 16_384)],
    check(change, around) {
      refuseSameLabel("linode_volume", "label", change.planned, around, change.prior);
      const [before, after] = [asNumber(change.prior?.["size"]), asNumber(change.planned["size"])];
      if (before === undefined || after === undefined || after >= before) return;
      throw new Refusal(
        linodeError(
          "updating",
          VOLUME,
          400,
          `Volumes can only be resized up, from ${before} to ${after} GB`,
          "size",
        ),
        ["size"],
      );
    },
    chosen: (object) => ({
      encryption: "disabled",
      filesystem_path: `/dev/disk/by-id/scsi-0Linode_Volume_${String(object["label"])}`,
      io_ready: true,
      linode_id: null,
      size: 20,
      status: "active",
    }),
  },
  linode_sshkey: { rules: [lengthBetween("label", 1, 64), matches("ssh_key", /^(ssh|ecdsa|sk)-\S+ \S+/)] },
  linode_lock: {
    rules: [
      oneOf("entity_type", ["linode", "volume", "nodebalancer"]),
      oneOf("lock_type", ["cannot_delete", "cannot_delete_with_subresources"]),
    ],
    check({ planned }, around) {
      const { entity_type: kind, entity_id: id } = planned;
      const twin = around
        .list("linode_lock")
        .find(({ attributes }) => attributes["entity_type"] === kind && attributes["entity_id"] === id);
      if (twin)
        throw new Refusal(
          linodeError(
            "creating",
            { name: "linode_lock" },
            400,
            `${String(kind)} ${String(id)} already has lock ${twin.id}`,
          ),
        );
    },
    chosen(object, around) {
      const entity = around.follow("linode_instance", object["entity_id"], object);
      return {
        entity_label: asText(entity?.attributes["label"]) ?? "",
        entity_url: `/v4/linode/instances/${String(object["entity_id"])}`,
      };
    },
  },
  linode_object_storage_bucket: {
    clientOnly: ["access_key", "secret_key"],
    rules: [lengthBetween("label", 3, 63)],
    validate(config) {
      const isOpen = config["region"] === null && config["cluster"] === null;
      return isOpen ? [{ summary: "one of `cluster,region` must be specified", path: ["region"] }] : [];
    },
    chosen(object) {
      const endpoint = `${String(object["region"])}-1.linodeobjects.com`;
      return {
        cluster: `${String(object["region"])}-1`,
        endpoint,
        endpoint_type: "E1",
        hostname: `${String(object["label"])}.${endpoint}`,
        s3_endpoint: endpoint,
      };
    },
  },
  linode_object_storage_key: {
    chosen: (object) => ({
      access_key: `REHEARSAL${String(object["id"])}`,
      limited: Array.isArray(object["bucket_access"]) && object["bucket_access"].length > 0,
      secret_key: `rehearsal-secret-${String(object["id"])}`,
    }),
  },
};
