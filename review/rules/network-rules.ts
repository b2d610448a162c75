import { contains, parseIpv4Network } from "../../model/ipv4-network";
import type { JsonObject, PlannedObject } from "../../rollout/planned-object";
import { forbidsAnything, type Opening, openingsOf, uncovered } from "../openings";
import type { ChangedAttribute, Judge, StackChange, TypeRule, Verdict } from "../verdict";
import { none, notKnown } from "../verdict";
import { each, LABELS, LINODE_TAGS } from "./common";

/** Only people use it: SSH. */
const FOR_OPERATORS = ["tcp 22"];

/** Addresses of machines that go in the same plan: nobody misses a way in for them. */
function leavingAddresses({ objects }: StackChange): ReadonlySet<string> {
  const machines = objects.filter(
    ({ type, action }) => type === "linode_instance" && (action === "delete" || action === "replace"),
  );
  return new Set(
    machines.flatMap(({ before }) =>
      ((before?.["ipv4"] ?? []) as readonly string[]).map((address) => `${address}/32`),
    ),
  );
}

/** What a way in that closes means. */
function closed(openings: readonly Opening[], change: StackChange): Verdict {
  const leaving = leavingAddresses(change);
  const missed = openings.filter(({ port, from }) => !FOR_OPERATORS.includes(port) && !leaving.has(from));
  if (missed.length === 0) return none("ways in that no call uses are closed");
  const endsOnServer =
    change.hasOtherBridges() && change.restarts.some(({ service, ends }) => service === "jvb" && ends);
  const said = [...new Set(missed.map(({ port, from }) => `${port} from ${from}`))].join(", ");
  if (endsOnServer && missed.every(({ port }) => port === "udp 10000"))
    return { notice: "moves calls", says: `${said} is closed, with the bridge that used it` };
  return {
    notice: "interrupts calls",
    says: `${said} is closed: calls that use it end`,
    instead: "Open the new way first, and close the old one in a later change.",
  };
}

const forbids = notKnown("what a rule forbids, and whom it stands before");

const firewallChanged: Judge<ChangedAttribute> = ({ object }, change) => {
  const [before, after] = [openingsOf(object.type, object.before), openingsOf(object.type, object.after)];
  const gone = uncovered(before, after);
  if (gone.length > 0) return closed(gone, change);
  if (forbidsAnything(object.type, object.after)) return forbids;
  return none("ways in are opened, or follow the machines; none that is used is closed");
};

const firewallGone: Judge<PlannedObject> = (object, change) => {
  if (change.isRetired) return none("the rule goes with its machines");
  const [, customer] = /^brewery-(.+)$/.exec(object.name) ?? [];
  return customer !== undefined && object.action === "delete"
    ? noLongerServed(customer, change)
    : closed(openingsOf(object.type, object.before), change);
};

/**
 * The rule by which a pool's bridges log in at a customer goes, whatever is drained later: Terraform waits for no push with
 * it, and bridges at Google keep their old template for hours. Media does not go by this rule, so nobody is cut at once.
 * Jicofo gives such a bridge no new callers after 40 seconds, and invites those that it has anew, to another bridge, when a
 * request to it is not answered for 15 seconds or its session ends. Without another bridge it has nobody to invite them to.
 */
const noLongerServed = (customer: string, { hasOtherBridges }: StackChange): Verdict =>
  hasOtherBridges(customer)
    ? {
        notice: "moves calls",
        says: `the pool's bridges no longer reach ${customer}: its calls on them are invited anew to its other bridges (some seconds of black picture)`,
        instead: "Deploy it in a quiet hour.",
      }
    : {
        notice: "interrupts calls",
        says: `the pool's bridges no longer reach ${customer}, and no other bridges that are there before and after serve it: its calls end`,
        instead: "Deploy the new bridges first, and take the customer off this pool in a later change.",
      };

const FIREWALL: Pick<TypeRule, "created" | "gone"> = {
  created: ({ type, after }) => (forbidsAnything(type, after) ? forbids : none("ways in are opened")),
  gone: firewallGone,
};

const recordOfBridge = ({ name }: PlannedObject): boolean => /^bridge-\d+-record$/.test(name);
const forPeople = none("a bridge's name for people; callers use its address");

const hostname = (attributes: JsonObject | null): string =>
  String(attributes?.["name"] ?? "?").replace(/\.$/, "");

/** Who reaches whom, and by which name. */
export const NETWORK_RULES: Readonly<Record<string, TypeRule>> = {
  google_compute_firewall: {
    ...FIREWALL,
    changed: each(
      [
        "source_ranges",
        "source_tags",
        "source_service_accounts",
        "target_service_accounts",
        "target_tags",
        "allow",
        "disabled",
      ],
      (attribute, change) =>
        attribute.value.path[0]!.startsWith("target_")
          ? {
              notice: "interrupts calls",
              says: "the rule is for other machines: those that had it are closed",
              instead: "Open the new way first, and close the old one in a later change.",
            }
          : (firewallChanged as Exclude<typeof firewallChanged, Verdict>)(attribute, change),
    ),
  },
  linode_firewall: {
    ...FIREWALL,
    changed: { ...LINODE_TAGS, ...each(["inbound", "inbound_policy", "disabled"], firewallChanged) },
  },
  google_dns_record_set: {
    created: ({ after }) =>
      after?.["type"] === "A"
        ? none("a name for an address")
        : notKnown(`what a record of type ${String(after?.["type"])} leads callers to`),
    gone: (record) =>
      recordOfBridge(record)
        ? forPeople
        : {
            notice: "interrupts calls",
            says: `the host name ${hostname(record.before)} goes: nobody finds the server by it`,
          },
    replaced: (record) =>
      recordOfBridge(record)
        ? forPeople
        : {
            notice: "interrupts calls",
            says: `the host name ${hostname(record.before)} goes, and ${hostname(record.after)} comes: links of meetings that were sent out lead nowhere`,
            instead:
              "Tell everybody the new address before, and choose an hour without calls: there is no way that keeps both.",
          },
    changed: {
      ttl: none("how long others remember the address"),
      rrdatas: ({ object }) =>
        recordOfBridge(object)
          ? forPeople
          : {
              notice: "interrupts calls",
              says: `${hostname(object.before)} leads to another address: clients find the new one when they have forgotten the old`,
            },
    },
  },
  google_dns_managed_zone: {
    created: none("a zone for names"),
    gone: { notice: "interrupts calls", says: "the zone goes, with every name in it" },
    changed: { ...LABELS, description: none("a text for people") },
  },
  google_compute_network: {
    created: none("a new network"),
    gone: { notice: "interrupts calls", says: "the network goes: nothing in it reaches anything" },
    changed: {},
  },
  google_compute_subnetwork: {
    created: none("a new subnet"),
    gone: { notice: "interrupts calls", says: "the subnet goes, with every machine in it" },
    changed: {
      ip_cidr_range: ({ value: { before, after } }) =>
        typeof after === "string" && contains(parseIpv4Network(after), parseIpv4Network(String(before)))
          ? none("the subnet grows; machines keep their addresses")
          : notKnown(
              `what becomes of machines whose subnet ${String(before)} is no part of ${String(after)}`,
            ),
    },
  },
};
