/**
 * Every version that ends up on a machine, and the least Terraform: an upgrade is one reviewed line. Providers are pinned
 * by the packages of their bindings.
 */

/** Jitsi image tags that the renderers know; environment variables and HOCON keys are checked against this release. */
export const RELEASES = ["stable-11146-2"] as const;

export type Release = (typeof RELEASES)[number];

export const DEFAULT_RELEASE: Release = "stable-11146-2";

/** Where the release's images come from, one repository per component. */
export const JITSI_REGISTRY = "ghcr.io/jitsi";

/** Measurements of a server (model/telemetry.ts). Later ones keep tokens as hashes, or have another language. */
export const INFLUXDB_IMAGE = "docker.io/library/influxdb:2.7.12";

/** Full form: the short form makes the provider ask the API during a plan. */
export const GCP_UBUNTU_IMAGE = "projects/ubuntu-os-cloud/global/images/family/ubuntu-2404-lts-amd64";

export const LINODE_UBUNTU_IMAGE = "linode/ubuntu24.04";

/** Write-only arguments, which keep secrets out of the state, need it. */
export const MINIMUM_TERRAFORM = "1.11.0";

/** Grafana, which shows an operator what a customer's InfluxDB has. */
export const GRAFANA_IMAGE = "docker.io/grafana/grafana:12.4.3";

/** Collects the measurements of every machine. Tests build the same version from its sources (`npm run telegraf`). */
export const TELEGRAF_VERSION = "1.39.3";
export const TELEGRAF_IMAGE = `docker.io/library/telegraf:${TELEGRAF_VERSION}`;

/** Runs the keeper of a server; of the Node that this project is tested with. */
export const NODE_IMAGE = "docker.io/library/node:20.20.2-bookworm-slim";
