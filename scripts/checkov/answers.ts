/** Checkov from PyPI; what it brings is in requirements.txt, with hashes. A newer one may find more: answer it or mend it with the upgrade. */
export const CHECKOV_VERSION = "3.3.30";

/** One thing that Checkov finds and that stays, because it is right here. */
export interface Answer {
  /** Checkov's id, such as CKV_GCP_26. */
  readonly check: string;
  /** Terraform address that it is answered for; `*` stands for any part of a name. Never every type. */
  readonly on: string;
  /** Why it stays: Markdown. */
  readonly reason: string;
}

/** Everything that is answered, by check. docs/checkov.md is made of it. */
export const ANSWERS: readonly Answer[] = [
  {
    check: "CKV_GCP_106",
    on: "google_compute_firewall.web",
    reason:
      "Port 80 is where Let's Encrypt asks for proof (HTTP-01); everything else is redirected to 443. Our own policy `open-ports` " +
      "holds that nothing but 80, 443 and 10000 faces the world.",
  },
  {
    check: "CKV_GCP_26",
    on: "google_compute_subnetwork.subnet-*",
    reason:
      "Flow logs would keep who was in a call with whom, for every call, and cost by the gigabyte of media. Bridges and servers " +
      "measure traffic without addresses (docs/measurements.md).",
  },
  {
    check: "CKV_GCP_37",
    on: "google_compute_disk.data",
    reason:
      "Google encrypts every disk. A key of our own has to be at hand at every boot, restore and snapshot, and would be one " +
      "more secret that can be lost with all data.",
  },
  {
    check: "CKV_GCP_38",
    on: "google_compute_instance.server",
    reason:
      "The boot disk holds nothing but the system and images: what is to stay is on the data disk. As above.",
  },
  {
    check: "CKV_GCP_40",
    on: "google_compute_instance.server",
    reason:
      "People open the server by its own address. What may reach it is held by `open-ports` and `rule-targets`, and SSH comes " +
      "through Identity-Aware Proxy alone.",
  },
  {
    check: "CKV_GCP_62",
    on: "google_storage_bucket.artifacts",
    reason:
      "Cloud Audit Logs record who changes the bucket, and Data Access logs, where switched on for the project, who reads it. " +
      "Programs in it are pinned by their SHA-256 (ADR 21).",
  },
  {
    check: "CKV_LIN_6",
    on: "linode_firewall.firewall",
    reason:
      "A bridge sends media to wherever callers are, on any port, and asks for images, time and packages. A list of addresses " +
      "would have to be all of them.",
  },
];
