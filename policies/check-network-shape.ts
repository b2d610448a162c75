import { blocksOf } from "./blocks";
import { isGoogleMachine } from "./machines";
import type { Attributes, Policy, Resource } from "./policy";

export const checkNetworkShape: Policy = {
  id: "network-shape",
  rule: "Networks have the subnets that the data names, machines are in them, and none forwards for others.",
  reason:
    "Google's ready-made network admits SSH from the world, and subnets that nobody planned clash later.",
  fix: "Leave auto_create_subnetworks false, name the account's subnetwork, leave can_ip_forward out.",
  check: ({ resources }) => resources.flatMap((on) => problemsOf(on).map((message) => ({ on, message }))),
};

function problemsOf(on: Resource): string[] {
  const { type, attributes } = on;
  if (type === "google_compute_network") {
    return attributes["auto_create_subnetworks"] === false
      ? []
      : [
          "it makes subnets in every region; they clash with ranges of the data; set auto_create_subnetworks to false",
        ];
  }
  if (type === "google_compute_subnetwork") {
    return attributes["private_ip_google_access"] === true
      ? []
      : [
          "machines without an own address could not reach Google; they would boot without passwords; set private_ip_google_access to true",
        ];
  }
  if (!isGoogleMachine(on)) return [];
  const interfaces = blocksOf(attributes, "network_interface");
  return [
    ...(interfaces.length > 0 && interfaces.every(isInSubnetwork)
      ? []
      : [
          "it is in no subnetwork of the account; Google's ready-made network admits SSH from the world; name one",
        ]),
    ...((attributes["can_ip_forward"] ?? false) !== false
      ? ["can_ip_forward is on; whoever breaks in could pose as other machines; leave it out"]
      : []),
  ];
}

/** The subnetworks of the ready-made network are called as it is. */
const isInSubnetwork = ({ subnetwork }: Attributes): boolean =>
  subnetwork !== undefined && !/(?:^|\/)default$/.test(String(subnetwork));
