import { Refusal } from "../../protocol/diagnostic";
import { asText } from "../../protocol/value";
import { bytesAtMost, matches } from "../../engine/value-rules";
import { refused } from "../google-cloud";
import { projectNumber } from "../serial-number";
import { lastSegment } from "../settings";
import type { ResourceModel } from "../../engine/resource-model";
import type { GoogleSettings } from "../settings";

/** Bytes of one version (Secret Manager's quota). */
const SECRET_BYTES = 64 * 1024;

/** Secrets and their versions. The text of a secret is in memory alone (`secretTexts` of the store). */
export const secretModels: Readonly<Record<string, ResourceModel<GoogleSettings>>> = {
  google_secret_manager_secret: {
    clientOnly: ["deletion_protection"],
    rules: [matches("secret_id", /^[a-zA-Z0-9_-]{1,255}$/)],
    chosen: (object) => ({
      name: `projects/${projectNumber(String(object["project"]))}/secrets/${String(object["secret_id"])}`,
    }),
    checkDelete(object) {
      if (object["deletion_protection"] !== true) return;
      throw new Refusal(
        `Cannot destroy secret ${String(object["secret_id"])}: deletion_protection is true. Set it to false and run "terraform apply" first.`,
      );
    },
  },
  google_secret_manager_secret_version: {
    clientOnly: ["deletion_policy", "is_secret_data_base64", "secret_data_wo_version"],
    references: [{ path: "secret", type: "google_secret_manager_secret", holds: false }],
    rules: ["secret_data", "secret_data_wo"].map((path) =>
      bytesAtMost(path, SECRET_BYTES, "the payload of a secret"),
    ),
    check({ prior, config, planned }, { store }) {
      if (prior) return;
      const text = asText(config["secret_data_wo"]) ?? asText(config["secret_data"]);
      const type = { name: "google_secret_manager_secret_version" };
      if (!text)
        throw refused("creating", type, "Secret Payload cannot be empty., invalid", "secret_data_wo");
      // A write-only value may become known only now.
      const size = Buffer.byteLength(text);
      if (size > SECRET_BYTES)
        throw refused(
          "creating",
          type,
          `Secret Payload must not exceed ${SECRET_BYTES} bytes, got ${size}., invalid`,
          "secret_data_wo",
        );
      const secret = String(planned["secret"]);
      store.secretTexts.set(secret, [...(store.secretTexts.get(secret) ?? []), text]);
    },
    identify(object, { store }) {
      const secret = String(object["secret"]);
      const project = /^projects\/([^/]+)\//.exec(secret)?.[1] ?? "";
      const version = store.next(`version ${secret}`) + 1;
      return `projects/${projectNumber(project)}/secrets/${lastSegment(secret)}/versions/${version}`;
    },
    chosen: (object) => ({ version: lastSegment(String(object["id"])) }),
  },
};
