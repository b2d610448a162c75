import type { PolicyId } from "../../../model/policy-ids";
import { BACKEND, type PlantedStack } from "./planted-stack";

/** How the Terraform itself is written. */
export const TERRAFORM_VIOLATIONS = {
  "data-sources": [
    {
      broken: { ephemeral: { google_secret_manager_secret_version: { password: {} } } },
      mended: { ephemeral: { random_password: { password: {} } } },
      says: "ephemeral.google_secret_manager_secret_version.password asks somebody",
    },
    {
      broken: { check: { health: { data: { http: { page: {} } } } } },
      mended: { check: { health: { assert: { condition: true } } } },
      says: "check.health has a data source",
    },
    {
      broken: { data: { google_compute_image: { ubuntu: {} } } },
      mended: {},
      says: "data.google_compute_image.ubuntu is a data source",
    },
  ],
  labels: [
    {
      broken: { google_compute_disk: {} },
      mended: { google_compute_disk: { labels: { "fleet-account": "acme", "fleet-role": "server" } } },
      says: "labels lacks fleet-account and fleet-role",
    },
  ],
  modules: [
    {
      broken: { module: { network: { source: "terraform-google-modules/network/google" } } },
      mended: {},
      says: "module.network is a Terraform module",
    },
  ],
  names: [
    {
      broken: { google_compute_network: { name_prefix: "acme-" } },
      mended: { google_compute_network: { name: "acme" } },
      says: "name_prefix leaves the name to the provider",
    },
  ],
  "other-stacks": [
    {
      broken: { data: { terraform_remote_state: { other: {} } } },
      mended: {},
      says: "reads the state of another stack",
    },
  ],
  "provider-settings": [
    {
      broken: { provider: { google: { compute_custom_endpoint: "https://compute.acme.example/" } } },
      mended: { provider: { google: { project: "acme" } } },
      says: "provider google sets compute_custom_endpoint; tokens would be sent there",
    },
    {
      broken: {
        terraform: { ...BACKEND, required_providers: { shell: { source: "acme/shell", version: "1.2.3" } } },
      },
      mended: { terraform: BACKEND },
      says: 'provider shell comes from "acme/shell"',
    },
    {
      broken: { null_resource: {} },
      mended: { terraform_data: {} },
      says: "provider null is used and not required; Terraform would take the newest",
    },
    {
      broken: { provider: { linode: [{ token: "123" }] } },
      mended: { provider: { linode: [{}] } },
      says: "provider linode sets token",
    },
    {
      broken: { terraform: { ...BACKEND, required_providers: { google: { version: "~> 6.0" } } } },
      mended: { terraform: { ...BACKEND, required_providers: { google: { version: "6.50.0" } } } },
      says: 'provider google has version "~> 6.0"',
    },
  ],
  "state-backend": [
    { broken: { terraform: {} }, mended: { terraform: BACKEND }, says: "the state backend is none, not gcs" },
  ],
} satisfies Partial<Record<PolicyId, readonly PlantedStack[]>>;
