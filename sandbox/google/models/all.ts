import { diskModels } from "./disk";
import { dnsAndStorageModels } from "./dns-and-storage";
import { identityModels } from "./identity";
import { instance } from "./instance";
import { instanceGroupModels } from "./instance-group";
import { instanceTemplateModels } from "./instance-template";
import { monitoringModels } from "./monitoring";
import { networkModels } from "./network";
import { secretModels } from "./secret";
import type { ResourceModel } from "../../engine/resource-model";
import type { GoogleSettings } from "../settings";

/** What is particular to the resource types of Google Cloud; a type without an entry follows schema and table alone. */
export const googleModels: Readonly<Record<string, ResourceModel<GoogleSettings>>> = {
  ...dnsAndStorageModels,
  ...diskModels,
  ...identityModels,
  ...instanceGroupModels,
  ...instanceTemplateModels,
  ...monitoringModels,
  ...networkModels,
  ...secretModels,
  google_compute_instance: instance,
  google_project_service: {
    clientOnly: ["disable_dependent_services", "disable_on_destroy"],
    idempotent: true,
    rules: [
      {
        path: "service",
        check: (value, name) =>
          /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(String(value))
            ? undefined
            : `${JSON.stringify(name)} must be a service such as compute.googleapis.com, got ${JSON.stringify(value)}`,
      },
    ],
  },
};
