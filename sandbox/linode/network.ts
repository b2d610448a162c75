import { Refusal } from "../protocol/diagnostic";
import { asText, isUnknown } from "../protocol/value";
import { between, lengthBetween, oneOf } from "../engine/value-rules";
import { nextPublicAddress } from "../store/public-address";
import { linodeError, refuseSameLabel } from "./linode-cloud";
import type { LinodeModel } from "./linode-cloud";

/** DNS, addresses and private networks. */
export const networkModels: Readonly<Record<string, LinodeModel>> = {
  linode_domain: {
    rules: [lengthBetween("domain", 1, 253), oneOf("type", ["master", "slave"])],
    validate(config) {
      const isOpen = config["soa_email"] === null && config["type"] === "master";
      return isOpen ? [{ summary: "soa_email is required for master domains", path: ["soa_email"] }] : [];
    },
    check: ({ prior, planned }, around) => refuseSameLabel("linode_domain", "domain", planned, around, prior),
    chosen: () => ({ status: "active" }),
  },
  linode_domain_record: {
    references: [{ path: "domain_id", type: "linode_domain", holds: false }],
    rules: [
      oneOf("record_type", ["A", "AAAA", "NS", "MX", "CNAME", "TXT", "SRV", "PTR", "CAA"]),
      between("priority", 0, 255),
    ],
  },
  linode_rdns: {
    clientOnly: ["wait_for_available"],
    check({ planned }, around) {
      const address = asText(planned["address"]);
      const isKnown = ["linode_instance", "linode_networking_ip"].some((type) =>
        around
          .list(type)
          .some(({ attributes: { ipv4, ipv6, address: own } }) =>
            [...(Array.isArray(ipv4) ? ipv4 : []), asText(ipv6)?.split("/")[0], own].includes(address),
          ),
      );
      if (isKnown) return;
      throw new Refusal(
        linodeError(
          "creating",
          { name: "linode_rdns" },
          404,
          `the address ${String(address)} is not yours`,
          "address",
        ),
        ["address"],
      );
    },
  },
  linode_networking_ip: {
    references: [{ path: "linode_id", type: "linode_instance", holds: false }],
    validate(config) {
      const isOpen = config["linode_id"] === null && config["region"] === null;
      return isOpen ? [{ summary: "one of `linode_id,region` must be specified", path: ["region"] }] : [];
    },
    chosen(object, { store }) {
      const address = nextPublicAddress(store);
      return {
        address,
        gateway: address.replace(/\d+$/, "1"),
        linode_id: 0,
        prefix: 24,
        public: true,
        rdns: `${address.replaceAll(".", "-")}.ip.linodeusercontent.com`,
        reserved: isUnknown(object["reserved"]) ? false : (object["reserved"] ?? false),
        subnet_mask: "255.255.255.0",
        type: "ipv4",
      };
    },
  },
  linode_reserved_ip_assignment: {
    clientOnly: ["apply_immediately"],
    references: [{ path: "linode_id", type: "linode_instance", holds: false }],
    check({ planned }, around) {
      const isReserved = around
        .list("linode_networking_ip")
        .some(
          ({ attributes }) => attributes["address"] === planned["address"] && attributes["reserved"] === true,
        );
      if (isReserved) return;
      const reason = `${String(planned["address"])} is not a reserved address of this account`;
      throw new Refusal(
        linodeError("creating", { name: "linode_reserved_ip_assignment" }, 400, reason, "address"),
        ["address"],
      );
    },
    chosen: () => ({ prefix: 24, public: true, reserved: true, subnet_mask: "255.255.255.0", type: "ipv4" }),
  },
  linode_vpc: {
    rules: [lengthBetween("label", 1, 64)],
    check: ({ prior, planned }, around) => refuseSameLabel("linode_vpc", "label", planned, around, prior),
  },
  linode_vpc_subnet: { references: [{ path: "vpc_id", type: "linode_vpc" }] },
};
