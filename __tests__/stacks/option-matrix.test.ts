import { join } from "node:path";
import type { Account, Customer, GcpPool, Pool } from "../../model/fleet";
import { KEEPER_DEFAULTS } from "../../model/keeper-defaults";
import { alertsSchema } from "../../model/schema/alerts";
import { bridgeSchema } from "../../model/schema/bridge";
import { customerSchema } from "../../model/schema/customer";
import { jicofoSchema } from "../../model/schema/jicofo";
import { keeperSchema } from "../../model/schema/keeper";
import { withoutStackTraces } from "../../stacks/without-stack-traces";
import { aCustomer, aFleet, aGcpPool, aLinodePool, anAccount } from "../builders/fleet";
import { filesBelow, synthesize, temporaryDirectory } from "../builders/output";
import type { Terraform } from "../builders/terraform";

/**
 * Every option of a customer's or a pool's file that reaches a machine, against every kind of machine: it renders, twice the same,
 * and changes the files that it should and no others.
 *
 * To add an option: a row with what it alone changes. An option without a row fails the last test.
 */

/** The kinds of machines, and where their files are in the output; the account's are for all of them. */
const MACHINES = {
  account: "account-acme/files/",
  server: "customer-abc/files/server/etc/fleet/",
  gcpBridge: "bridges-acme-eu-burst/files/bridge/etc/fleet/",
  linodeBridge: "bridges-acme-nl-static/files/bridge/etc/fleet/",
} as const;

/** Files of these, and those below /etc/fleet of machines, that are changed, added or removed. A machine that is not named keeps all of its files. */
type ChangedFiles = Readonly<Partial<Record<keyof typeof MACHINES, readonly string[]>>>;

interface Row {
  readonly option: string;
  readonly customer?: Partial<Customer>;
  /** Alerts of the account. */
  readonly alerts?: Account["operators"]["alerts"];
  /** What both pools say, of each cloud. */
  readonly pools?: Partial<Pick<Pool, "bridge" | "drainDeadlineMinutes" | "nextImage">>;
  /** What the Google pool alone says. */
  readonly gcpPool?: Partial<GcpPool>;
  /** What the customer says with and without the option. */
  readonly base?: Partial<Customer>;
  readonly files: ChangedFiles;
  /** Resources whose Terraform is written differently too, as `<stack> <address>`. A server's files are no part of it. */
  readonly resources?: readonly string[];
  /** Customers with the option can have no bridges on Linode. */
  readonly withoutLinode?: boolean;
}

/** A new template for machines to come; the group refers to it by token, so nothing else is written differently. */
const TEMPLATE = "bridges-acme-eu-burst google_compute_region_instance_template.template";
/** How many people a bridge carries. */
const CAPACITY = ["grafana/dashboards/fleet-customer.json"];
const BRIDGE_SETTINGS: ChangedFiles = {
  gcpBridge: ["jvb/custom-jvb.conf"],
  linodeBridge: ["jvb/custom-jvb.conf"],
};
const { images, meetings } = aCustomer();
const own = { repository: "registry.acme.example/jitsi/own" };
const pullSecret = "acme-registry";

/** Another value than the default, for each. */
const KEEPER_NUMBERS = [
  ["mode", "observe"],
  ["drainsAtOnce", 7],
  ["fullStress", 0.33],
  ["releaseStress", 0.77],
  ["surplusMinutes", 17],
  ["protectMinutes", 17],
  ["moveAtDeadline", !KEEPER_DEFAULTS.moveAtDeadline],
  ["moveEarlyBelow", 7],
  ["mixedReleasesMinutes", 17],
  ["lookaheadMinutes", 17],
] as const;

const ALERTING = "grafana/provisioning/alerting";
const TELEGRAF = "telegraf/telegraf.conf";
const DELIVERY = `${ALERTING}/delivery.yaml`;

const ROWS: readonly Row[] = [
  {
    option: "hostname",
    customer: { hostname: "talk.meet.acme.example" },
    files: {
      server: [
        "certificate.json",
        "compose.yaml", // the name of the certificate that services wait for
        "grafana.env",
        "grafana/dashboards/fleet-pools.json",
        "jicofo.env",
        "prosody-brewery.env",
        "prosody.env",
        "web.env",
        "web/nginx-custom/allowed-origins.conf",
        "web/nginx-custom/grafana.conf",
      ],
      gcpBridge: ["jvb.env", TELEGRAF],
      linodeBridge: ["jvb.env", TELEGRAF],
    },
    resources: [
      TEMPLATE,
      "customer-abc google_dns_record_set.address-record",
      "customer-abc google_monitoring_alert_policy.unreachable",
      "customer-abc google_monitoring_uptime_check_config.grafana-uptime",
      "customer-abc google_monitoring_uptime_check_config.uptime",
    ],
  },
  {
    option: "acme",
    customer: { acme: "staging" },
    files: { server: ["certificate.json", "compose.yaml", "web.env"] },
    resources: [
      "customer-abc google_monitoring_uptime_check_config.grafana-uptime",
      "customer-abc google_monitoring_uptime_check_config.uptime",
    ],
  },
  {
    option: "certificate",
    customer: { certificate: { secret: "abc-certificate" } },
    files: { server: ["certificate.json", "compose.yaml", "secrets.json", "web.env"] },
    resources: [
      "customer-abc google_compute_instance.server", // which waits for the permission
      "customer-abc google_secret_manager_secret_iam_member.certificate-reader",
    ],
  },
  {
    option: "bridgeOnServer",
    customer: { bridgeOnServer: true },
    files: {
      server: [
        "compose.yaml",
        "grafana/dashboards/fleet-customer.json",
        "grafana/dashboards/fleet-pools.json",
        "jvb.env",
        "jvb/custom-jvb.conf",
        "jvb/videobridge.rc",
        TELEGRAF,
        "secrets.json",
      ],
    },
    resources: ["customer-abc google_compute_firewall.media-on-server"],
  },
  {
    option: "regionGroups",
    customer: { regionGroups: [["gcp-europe-west4"], ["linode-nl-ams"]] },
    files: { server: ["jicofo.env"] },
  },
  { option: "language", customer: { language: "de" }, files: { server: ["web.env"] } },
  {
    option: "allowedOrigins",
    customer: { allowedOrigins: ["https://app.example"] },
    files: { server: ["web/nginx-custom/allowed-origins.conf"] },
  },
  {
    option: "allowedOrigins, every page",
    customer: { allowedOrigins: ["*"] },
    files: { server: ["web/nginx-custom/allowed-origins.conf"] },
  },
  {
    option: "participantRegion, by header",
    customer: {
      participantRegion: { header: { name: "X-Client-Region", values: { EU: "gcp-europe-west4" } } },
    },
    files: {
      server: ["compose.yaml", "web/custom-config.js", "web/nginx-custom/participant-region.conf"],
    },
  },
  {
    option: "participantRegion, by network",
    customer: { participantRegion: { networks: { "203.0.113.0/24": "linode-nl-ams" } } },
    files: {
      server: ["compose.yaml", "web/custom-config.js", "web/nginx-custom/participant-region.conf"],
    },
  },
  {
    option: "meetings.lobby",
    customer: { meetings: { ...meetings, lobby: false } },
    files: { server: ["prosody.env"] },
  },
  {
    option: "meetings.breakoutRooms",
    customer: { meetings: { ...meetings, breakoutRooms: false } },
    files: { server: ["prosody.env", "web.env"] },
  },
  {
    option: "meetings.avModeration",
    customer: { meetings: { ...meetings, avModeration: false } },
    files: { server: ["prosody.env"] },
  },
  {
    option: "meetings.endConference",
    customer: { meetings: { ...meetings, endConference: false } },
    files: { server: ["prosody.env"] },
  },
  {
    option: "meetings.maxParticipants",
    customer: { meetings: { ...meetings, maxParticipants: 50 } },
    files: { server: ["prosody.env"] },
  },
  {
    option: "images.web",
    customer: { images: { ...images, web: own } },
    files: { server: ["compose.yaml"] },
  },
  {
    option: "images.prosody",
    customer: { images: { ...images, prosody: { tag: "stable-11146-3" } } },
    files: { server: ["compose.yaml"] },
  },
  {
    option: "images.jicofo",
    customer: { images: { ...images, jicofo: { digest: `sha256:${"a".repeat(64)}` } } },
    files: { server: ["compose.yaml"] },
  },
  {
    option: "images.jvb",
    customer: { images: { ...images, jvb: own } },
    files: { gcpBridge: ["compose.yaml"], linodeBridge: ["compose.yaml"] },
    resources: [TEMPLATE],
  },
  {
    option: "images.pullSecret, for the server",
    customer: { images: { ...images, web: own, pullSecret } },
    files: { server: ["compose.yaml", "secrets.json"] },
    resources: [
      "customer-abc google_compute_instance.server", // which waits for the permission
      "customer-abc google_secret_manager_secret_iam_member.pull-secret-reader",
    ],
  },
  {
    option: "images.pullSecret, for the bridges",
    customer: { images: { ...images, jvb: own, pullSecret } },
    withoutLinode: true,
    files: { server: ["secrets.json"], gcpBridge: ["compose.yaml", "secrets.json"] },
    resources: [
      TEMPLATE,
      "bridges-acme-eu-burst google_compute_region_instance_group_manager.group", // waits for the permission
      "bridges-acme-eu-burst google_secret_manager_secret_iam_member.pull-secret-reader",
      "customer-abc google_compute_instance.server",
      "customer-abc google_secret_manager_secret_iam_member.pull-secret-reader",
    ],
  },
  {
    option: "jicofo.selectionStrategy",
    customer: { jicofo: jicofoSchema.parse({ selectionStrategy: "SingleBridge" }) },
    files: { server: ["jicofo.env"] },
  },
  {
    option: "jicofo.maxParticipantsPerBridge",
    customer: { jicofo: jicofoSchema.parse({ maxParticipantsPerBridge: 40 }) },
    files: { server: ["jicofo.env"] },
  },
  {
    option: "jicofo.iceFailureDetection",
    customer: { jicofo: jicofoSchema.parse({ iceFailureDetection: { enabled: false } }) },
    files: { server: ["jicofo/custom-jicofo.conf"] },
  },
  {
    option: "serverBridge, with a bridge on the server",
    base: { bridgeOnServer: true },
    customer: { serverBridge: bridgeSchema.parse({ lastN: 9 }) },
    files: { server: ["jvb/custom-jvb.conf"] },
  },
  {
    option: "serverBridge, without one",
    customer: { serverBridge: bridgeSchema.parse({ lastN: 9 }) },
    files: {},
  },
  {
    option: "bridge.lastN of pools",
    pools: { bridge: bridgeSchema.parse({ lastN: 9 }) },
    files: BRIDGE_SETTINGS,
    resources: [TEMPLATE],
  },
  {
    option: "bridge.load of pools",
    pools: { bridge: bridgeSchema.parse({ load: { measurement: "packet-rate", packetsPerSecond: 50_000 } }) },
    files: { ...BRIDGE_SETTINGS, server: CAPACITY },
    resources: [TEMPLATE],
  },
  {
    option: "bridge.load.cpuThreshold of pools",
    pools: { bridge: bridgeSchema.parse({ load: { cpuThreshold: 0.6 } }) },
    files: { ...BRIDGE_SETTINGS, server: CAPACITY },
    resources: [TEMPLATE],
  },
  {
    option: "drainDeadlineMinutes of pools",
    pools: { drainDeadlineMinutes: 120 },
    files: { gcpBridge: BRIDGE_SETTINGS.gcpBridge!, server: ["keeper.json"] },
    resources: [
      TEMPLATE,
      "bridges-acme-nl-static terraform_data.drain",
      ...[1, 2, 3].map((bridge) => `bridges-acme-nl-static terraform_data.push-${bridge}`),
    ],
  },
  {
    option: "nextImage of pools",
    pools: { nextImage: { tag: "stable-12000" } },
    files: { gcpBridge: ["compose.yaml", TELEGRAF], linodeBridge: ["compose.yaml", TELEGRAF] },
    resources: [TEMPLATE],
  },
  {
    option: "keeper.mode off",
    gcpPool: { keeper: keeperSchema.parse({ mode: "off" }) },
    files: {
      account: ["keeper.mjs"],
      server: [
        "compose.yaml",
        `${ALERTING}/rules-acme-eu-burst.yaml`,
        "keeper.json",
        "keeper/start.mjs",
        "secrets.json",
      ],
    },
    resources: [
      "account-acme google_project_iam_custom_role.keeper-role",
      "account-acme google_storage_bucket.artifacts", // which keeps old versions again
      "account-acme google_storage_bucket_iam_member.keeper-operators",
      "account-acme google_storage_bucket_object.keeper-program",
      "customer-abc google_project_iam_member.keeper",
      "customer-abc google_storage_bucket_iam_member.keeper-program-reader",
      "customer-abc google_storage_bucket_iam_member.keeper-store",
    ],
  },
  ...KEEPER_NUMBERS.map(([name, value]) => ({
    option: `keeper.${name}`,
    gcpPool: { keeper: keeperSchema.parse({ [name]: value }) },
    files: { server: ["keeper.json"] },
  })),
  {
    option: "operators.alerts.smtp",
    alerts: alertsSchema.parse({ smtp: { host: "mail.acme.example", from: "alerts@acme.example" } }),
    files: { server: [DELIVERY, "grafana.env"] },
  },
  {
    option: "operators.alerts.smtp, with a login",
    alerts: alertsSchema.parse({
      smtp: { host: "mail.acme.example", from: "a@acme.example", user: "a", passwordSecret: "acme-smtp" },
    }),
    files: { server: [DELIVERY, "compose.yaml", "grafana.env", "secrets.json"] },
    resources: [
      "customer-abc google_compute_instance.server", // which waits for the permission
      "customer-abc google_secret_manager_secret_iam_member.smtp-password-reader",
    ],
  },
  {
    option: "operators.alerts.webhook",
    alerts: { webhook: { secret: "acme-pager-url" } },
    files: { server: [DELIVERY, "compose.yaml", "secrets.json"] },
    resources: [
      "customer-abc google_compute_instance.server",
      "customer-abc google_secret_manager_secret_iam_member.webhook-reader",
    ],
  },
  {
    option: "operators.alerts.runbook",
    alerts: { runbook: "https://git.acme.example/docs/runbook.md" },
    files: {
      server: ["rules", "rules-acme-eu-burst", "rules-acme-nl-static"].map(
        (name) => `${ALERTING}/${name}.yaml`,
      ),
    },
    resources: [
      ...["group-at-maximum", "no-google-bridge"].map(
        (alarm) => `bridges-acme-eu-burst google_monitoring_alert_policy.${alarm}`,
      ),
      ...["grafana-unreachable", "host-down", "unreachable"].map(
        (alarm) => `customer-abc google_monitoring_alert_policy.${alarm}`,
      ),
    ],
  },
  {
    option: "file web/config.js",
    customer: { webFiles: new Map([["config.js", "config.disableDeepLinking = true;\n"]]) },
    files: { server: ["compose.yaml", "web/custom-config.js"] },
  },
  {
    option: "file web/interface_config.js",
    customer: { webFiles: new Map([["interface_config.js", "interfaceConfig.APP_NAME = 'ACME';\n"]]) },
    files: { server: ["compose.yaml", "web/custom-interface_config.js"] },
  },
  {
    option: "file web/branding",
    customer: { webFiles: new Map([["branding/logo.svg", "<svg/>\n"]]) },
    files: { server: ["compose.yaml", "web/branding/logo.svg"] },
  },
];

/** Options of a customer's file that reach no machine's files, or cannot be changed yet. */
const NOT_IN_FILES = ["server", "release", "snapshots", "secretsVersion", "labels", "allowDestroys"];
/** Refused as long as it would have no effect (model/rules/check-guests.ts). */
const REFUSED = ["meetings.guests"];

const directory = temporaryDirectory();
let runs = 0;

function outputOf({
  alerts,
  base,
  customer,
  gcpPool = {},
  pools = {},
  withoutLinode = false,
}: Partial<Row>): ReadonlyMap<string, string> {
  const outdir = join(directory, String((runs += 1)));
  const account = anAccount();
  const fleet = aFleet({
    accounts: [alerts ? { ...account, operators: { ...account.operators, alerts } } : account],
    customers: [aCustomer({ ...base, ...customer })],
    pools: [aGcpPool({ ...pools, ...gcpPool }), ...(withoutLinode ? [] : [aLinodePool(pools)])],
  });
  withoutStackTraces(() => synthesize(fleet, outdir));
  return filesBelow(outdir);
}

type Output = ReturnType<typeof outputOf>;

/** Keys whose values differ, or that one side lacks. */
const differences = <T>(a: ReadonlyMap<string, T>, b: ReadonlyMap<string, T>): string[] =>
  [...new Set([...a.keys(), ...b.keys()])]
    .filter((key) => JSON.stringify(a.get(key)) !== JSON.stringify(b.get(key)))
    .sort();

const filesOf = (output: Output): ReadonlyMap<string, string> =>
  new Map([...output].filter(([path]) => !path.endsWith("cdk.tf.json") && path !== "manifest.json"));

/** Every resource by `<stack> <address>`. */
const resourcesOf = (output: Output): ReadonlyMap<string, unknown> =>
  new Map(
    [...output]
      .filter(([path]) => path.endsWith("cdk.tf.json"))
      .flatMap(([path, text]) =>
        Object.entries<Terraform>((JSON.parse(text) as Terraform).resource).flatMap(([type, named]) =>
          Object.entries(named).map(([name, body]): [string, unknown] => [
            `${path.split("/")[1]} ${type}.${name}`,
            body,
          ]),
        ),
      ),
  );

describe("an option of a customer's file", () => {
  const plain = new Map<string, Output>();
  /** What is written without the option. */
  function withoutOption({ base = {}, withoutLinode = false }: Row): Output {
    const key = JSON.stringify([base, withoutLinode]);
    if (!plain.has(key)) plain.set(key, outputOf({ base, withoutLinode }));
    return plain.get(key)!;
  }

  it.each(ROWS.map((row) => [row.option, row] as const))("%s changes what it should", (_, row) => {
    const output = outputOf(row);
    expect([...outputOf(row)]).toEqual([...output]);

    const before = withoutOption(row);
    const files = Object.entries(row.files).flatMap(([machine, paths]) =>
      paths.map((path) => `stacks/${MACHINES[machine as keyof typeof MACHINES]}${path}`),
    );
    expect(differences(filesOf(before), filesOf(output))).toEqual(files.sort());
    expect(differences(resourcesOf(before), resourcesOf(output))).toEqual([...(row.resources ?? [])].sort());
  });

  it("ends an upgrade without a change for bridges: the customer names what the pools named before", () => {
    const bridges = (row: Partial<Row>) =>
      new Map([...outputOf(row)].filter(([path]) => path.startsWith("stacks/bridges-")));
    const tag = "stable-12000";
    const before = bridges({ pools: { nextImage: { tag } } });
    expect(before.size).toBeGreaterThan(5);
    expect(differences(before, bridges({ customer: { images: { ...images, jvb: { tag } } } }))).toEqual([]);
  });

  it("has a row here", () => {
    const tried = new Set(ROWS.flatMap(({ customer = {} }) => Object.keys(customer)));
    const options = Object.keys(customerSchema.shape).filter((option) => !NOT_IN_FILES.includes(option));
    expect(options.filter((option) => !tried.has(option))).toEqual([]);

    const alerts = ROWS.flatMap((row) => Object.keys(row.alerts ?? {}));
    expect(Object.keys(alertsSchema.shape).filter((option) => !alerts.includes(option))).toEqual([]);

    const keeper = KEEPER_NUMBERS.map(([name]) => name as string);
    expect(keeper.sort()).toEqual(Object.keys(keeperSchema.unwrap().shape).sort());

    for (const group of ["meetings", "images", "jicofo"] as const) {
      const settings = Object.keys(customerSchema.shape[group].unwrap().shape);
      const rows = ROWS.filter(({ customer }) => customer?.[group]).map(
        ({ option }) => option.split(",")[0]!,
      );
      const missing = settings.map((setting) => `${group}.${setting}`).filter((name) => !rows.includes(name));
      expect(missing.filter((name) => !REFUSED.includes(name))).toEqual([]);
    }
  });
});
