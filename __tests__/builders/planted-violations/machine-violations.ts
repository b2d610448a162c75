import type { PolicyId } from "../../../model/policy-ids";
import { machine, METADATA, type PlantedStack } from "./planted-stack";

const IDENTITY = { email: "srv-abc@p.iam.gserviceaccount.com", scopes: ["cloud-platform"] };
const SHIELD = { enable_secure_boot: true, enable_vtpm: true, enable_integrity_monitoring: true };
const compose = "files/server/etc/fleet/compose.yaml";

/** What a machine runs, as whom, and who logs in to it. */
export const MACHINE_VIOLATIONS = {
  images: [
    ...["grafana/grafana", "jitsi/web:stable"].map((image) => ({
      broken: {},
      mended: {},
      files: { [compose]: `services: { web: { image: ${image}, restart: always } }\n` },
      mendedFiles: { [compose]: "services: { web: { image: influxdb:2.7.12 } } # as tested\n" },
      says: `image ${image} is not pinned`,
    })),
    {
      broken: { google_compute_disk: { image: "debian-cloud/debian-12" } },
      mended: { google_compute_disk: { image: "projects/debian-cloud/global/images/family/debian-12" } },
      says: 'system image "debian-cloud/debian-12" is not in full form',
    },
    {
      broken: {},
      mended: {},
      files: { [compose]: "services:\n  web:\n    image: ghcr.io/jitsi/web:latest\n" },
      mendedFiles: { [compose]: "services:\n  web:\n    image: ghcr.io/jitsi/web:stable-11146-2\n" },
      says: "is not pinned",
    },
  ],
  "machine-identity": [
    {
      broken: machine({}),
      mended: machine({ service_account: IDENTITY }),
      says: "it runs as the project's default account",
    },
    {
      broken: machine({
        service_account: { ...IDENTITY, email: "12345-compute@developer.gserviceaccount.com" },
      }),
      mended: machine({ service_account: [IDENTITY] }),
      says: "it runs as the project's default account",
    },
    {
      broken: { google_compute_region_instance_template: { service_account: { email: IDENTITY.email } } },
      mended: { google_compute_region_instance_template: { service_account: IDENTITY } },
      says: "its scopes are left out",
    },
  ],
  "machine-login": [
    {
      broken: machine({ metadata: { "block-project-ssh-keys": "TRUE" } }),
      mended: machine({ metadata: METADATA }),
      says: "enable-oslogin is not TRUE",
    },
    {
      broken: machine({ metadata: { ...METADATA, "block-project-ssh-keys": "FALSE" } }),
      mended: machine({ metadata: METADATA }),
      says: "block-project-ssh-keys is not TRUE",
    },
    {
      broken: machine({ metadata: { ...METADATA, "ssh-keys": "ops:ssh-ed25519 AAAA" } }),
      mended: machine({ metadata: METADATA }),
      says: "metadata has ssh-keys",
    },
    {
      broken: machine({ metadata: { ...METADATA, "serial-port-enable": "1" } }),
      mended: machine({ metadata: { ...METADATA, "serial-port-enable": "0" } }),
      says: "serial-port-enable is on",
    },
    {
      broken: { google_compute_project_metadata_item: {} },
      mended: {},
      says: "metadata of the whole project",
    },
  ],
  "machine-scheduling": [
    ...[{ preemptible: true }, { preemptible: "${var.spot}" }, { provisioning_model: "FLEX_START" }].map(
      (scheduling) => ({
        broken: machine({ scheduling }),
        mended: machine({ scheduling: {} }),
        says: "it is a spot machine",
      }),
    ),
    {
      broken: machine({ scheduling: { max_run_duration: { seconds: 3600 } } }),
      mended: machine({}),
      says: "Google stops it after max_run_duration",
    },
    {
      broken: machine({ scheduling: { automatic_restart: false } }),
      mended: machine({ scheduling: { automatic_restart: true } }),
      says: "it stays down after a failure of its host",
    },
    {
      broken: machine({ scheduling: { provisioning_model: "SPOT" } }),
      mended: machine({ scheduling: { provisioning_model: "STANDARD" } }),
      says: "it is a spot machine",
    },
    {
      broken: machine({ scheduling: [{ on_host_maintenance: "TERMINATE" }] }),
      mended: machine({ scheduling: [{ on_host_maintenance: "MIGRATE" }] }),
      says: "Google stops it for maintenance",
    },
  ],
  "shielded-machines": [
    {
      broken: machine({ shielded_instance_config: { ...SHIELD, enable_secure_boot: false } }),
      mended: machine({ shielded_instance_config: SHIELD }),
      says: "shielded_instance_config lacks enable_secure_boot;",
    },
  ],
} satisfies Partial<Record<PolicyId, readonly PlantedStack[]>>;
