import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { main } from "../cli/main";
import { stackSecrets } from "../cli/secrets/stack-secrets";
import { loadFleet } from "../config/load-fleet";
import { indexFleet } from "../model/rules/fleet-index";
import type { Customer } from "../model/fleet";
import { CUSTOMER_SECRETS, secretName, type CustomerSecret } from "../model/names";
import { poolSecrets } from "../model/turns";
import { deployOrder } from "../sandbox/demo/account-stacks";
import { startRehearsal, type Rehearsal } from "../sandbox/rehearsal";
import { findLeaks } from "./find-leaks";

/** In every password that is drawn and in every secret that a person brings, and nowhere else. */
const CANARY = "CanaryOfTheFleet";
const PLAN = "canary.tfplan";

const directory = mkdtempSync(join(tmpdir(), "fleet-canaries-"));
const at = (name: string) => join(directory, name);
const accounts = at("accounts");
const LOG = at("terminal.log");

let draws = 0;
/** Letters and digits, 32 of them, as the stacks ask for. */
const drawPassword = (): string => CANARY + String((draws += 1)).padStart(32 - CANARY.length, "0");

let rehearsal: Rehearsal;
let customers: readonly Customer[];
let secretsOf: (customer: Customer) => readonly CustomerSecret[];

/** What bridges from before the first rotation use, and what InfluxDB takes at its set-up only. */
const KEPT = /^(?:jvb-auth-password|telemetry_.*(?<!_even)|influxdb-operator-.*)$/;

/** Everything that is printed goes to a file, which is searched with the others. */
async function terraform(stack: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await rehearsal.terraform(stack, args);
  appendFileSync(LOG, `$ ${stack}: terraform ${args.join(" ")}\n${stdout}${stderr}`);
  if (code !== 0) throw new Error(`terraform ${args[0]} of ${stack}:\n${stderr || stdout}`);
  return stdout;
}

/** Deployed as people do, because cdktf writes plans and logs of its own: one that draws, one that is brought to. */
const WITH_CDKTF = ["customer-abc", "bridges-acme-nl-static"];

async function deployWithCdktf(stack: string): Promise<void> {
  const { code, stdout, stderr } = await rehearsal.cdktfDeploy([stack]);
  appendFileSync(LOG, `$ cdktf deploy ${stack}\n${stdout}${stderr}`);
  if (code !== 0) throw new Error(`cdktf deploy of ${stack}:\n${stderr || stdout}`);
  await terraform(stack, "show", "-json");
  await terraform(stack, "output", "-json");
}

/** Plans to a file, shows it to people and to machines, applies the file, and shows the state. */
async function deploy(stack: string): Promise<void> {
  await terraform(stack, "plan", "-input=false", "-no-color", `-out=${PLAN}`);
  await terraform(stack, "show", "-no-color", PLAN);
  writeFileSync(at(`plans/${stack}.json`), await terraform(stack, "show", "-json", PLAN));
  await terraform(stack, "apply", "-input=false", "-no-color", PLAN);
  await terraform(stack, "show", "-json");
  await terraform(stack, "output", "-json");
}

/** Secrets that people make: the data name them, and machines fetch them. */
const OF_PEOPLE = ["abc-certificate", "acme-registry"];

function nameSecretsOfPeople(): void {
  appendFileSync(
    join(accounts, "acme/customers/abc.yaml"),
    "certificate: { secret: abc-certificate }\n" +
      "images: { web: { repository: registry.acme.example/web }, pullSecret: acme-registry }\n",
  );
}

/** Their values are none of Terraform's business, so they have none here. */
async function makeSecretsOfPeople(): Promise<void> {
  for (const name of OF_PEOPLE) {
    const id = `projects/acme-meet-prod/secrets/${name}`;
    rehearsal.store.put("google", "google_secret_manager_secret", id, {
      id,
      name: id,
      project: "acme-meet-prod",
      secret_id: name,
    });
  }
  await rehearsal.store.commit();
}

function synthesize(): string {
  execFileSync(process.execPath, ["--import", "tsx", "main.ts"], {
    env: { ...process.env, FLEET_ACCOUNTS: accounts, CDKTF_OUTDIR: at("synthesized") },
    stdio: "pipe",
  });
  return at("synthesized");
}

beforeAll(async () => {
  mkdirSync(at("plans"));
  cpSync(resolve("accounts"), accounts, { recursive: true });
  nameSecretsOfPeople();
  const loaded = loadFleet(accounts);
  if (!loaded.ok) throw new Error("the example accounts do not load");
  const { fleet } = loaded;
  customers = fleet.customers;
  secretsOf = (customer) => [
    ...CUSTOMER_SECRETS,
    ...poolSecrets(customer, indexFleet(fleet).poolsServing.get(customer.id) ?? []),
  ];
  const brought = [...stackSecrets(fleet).values()].flatMap(({ secrets }) => secrets);
  rehearsal = await startRehearsal({
    synthesized: synthesize(),
    directory: at("rehearsal"),
    environment: {
      ...Object.fromEntries(brought.map(({ variable }) => [`TF_VAR_${variable}`, drawPassword()])),
      CDKTF_LOG_LEVEL: "debug", // what cdktf writes for whoever looks for a fault in it
      CDKTF_LOG_FILE_DIRECTORY: directory,
    },
    drawPassword,
  });
  await makeSecretsOfPeople();
});
afterAll(async () => {
  await rehearsal.close();
  rmSync(directory, { recursive: true });
});

/** Where a push puts them: the disks of the pretended machines, each with the secrets of its own pool. */
const ON_A_MACHINE =
  /^rehearsal\/ssh\/machines\/\d+\/root\/(?:run\/fleet\/secrets\/(?:jvb|telegraf)\.env|var\/lib\/fleet\/secrets\.json)$/;
const leaks = () => findLeaks(directory, CANARY).filter((path) => !ON_A_MACHINE.test(path));

const received = (secret: string): readonly string[] =>
  [...rehearsal.store.secretTexts].find(([name]) => name.endsWith(`/${secret}`))?.[1] ?? [];

describe("the secrets of the example accounts", () => {
  it("reach Secret Manager in a first deploy, and no file, plan, state, metadata or log", async () => {
    for (const stack of deployOrder(at("synthesized")))
      await (WITH_CDKTF.includes(stack) ? deployWithCdktf(stack) : deploy(stack));
    const names = customers.flatMap((customer) =>
      secretsOf(customer).map((each) => secretName(customer, each)),
    );
    expect(customers.map(({ id }) => id)).toEqual(["abc", "xyz", "xyz-europe"]);
    for (const name of names) expect(received(name)).toEqual([expect.stringMatching(`^${CANARY}[0-9]{16}$`)]);
    expect(new Set([...rehearsal.store.secretTexts.values()].flat()).size).toBe(names.length);
    expect(leaks()).toEqual([]);
    // Three files on each of the five Linodes.
    expect(findLeaks(directory, CANARY)).toHaveLength(15);
    // Else nothing was searched.
    const looked =
      readFileSync(LOG, "utf8") + readFileSync(at("rehearsal/state/customer-abc.tfstate"), "utf8");
    expect(looked).toContain("secret_data_wo_version");
    const byCdktf = readFileSync(LOG, "utf8")
      .split(/^\$ /m)
      .filter((said) => said.startsWith("cdktf deploy "));
    // Of the dozens of such lines: under load cdktf cuts and drops some, the last one, too.
    for (const said of byCdktf) expect(said).toMatch(/Creation complete/);
    expect(byCdktf).toHaveLength(WITH_CDKTF.length);
    expect(WITH_CDKTF.filter((stack) => !rehearsal.isDeployed(stack))).toEqual([]);
    expect(readFileSync(at("cdktf.log"), "utf8")).toContain("customer-abc");
  });

  it("that people make are in Terraform by their names only", () => {
    const state = readFileSync(at("rehearsal/state/customer-abc.tfstate"), "utf8");
    for (const secret of OF_PEOPLE) {
      expect(state).toContain(`projects/acme-meet-prod/secrets/${secret}`);
      expect(received(secret)).toEqual([]);
    }
    for (const stack of rehearsal.stacks) {
      const file = readFileSync(at(`synthesized/stacks/${stack}/cdk.tf.json`), "utf8");
      const { data = {}, ephemeral = {} } = JSON.parse(file) as Record<
        "data" | "ephemeral",
        object | undefined
      >;
      expect(Object.keys({ ...data, ...ephemeral }).filter((type) => type.includes("secret"))).toEqual([]);
    }
  });

  it("are replaced by a rotation: all of a customer, but not what its running bridges use", async () => {
    let said = "";
    const terminal = { out: (text: string) => (said += text), err: (text: string) => (said += text) };
    expect(await main(["secrets", "rotate", "abc", "--accounts", accounts], terminal)).toBe(0);
    appendFileSync(LOG, said);
    const deploys = [...said.matchAll(/npx fleet deploy (\S+)/g)].map(([, name]) => name!);
    expect(deploys).toEqual(["customer-abc", "acme/eu-burst", "acme/nl-static"]);

    await rehearsal.copy(synthesize());
    const planned = await rehearsal.plan("customer-abc");
    expect(planned.map(({ action, address }) => `${action} ${address}`)).toEqual([
      "update google_compute_instance.server",
      ...CUSTOMER_SECRETS.filter((secret) => !KEPT.test(secret)).map(
        (secret) => `replace google_secret_manager_secret_version.secret-versions["${secret}"]`,
      ),
      ...secretsOf(customers[0]!)
        .filter((secret) => secret.startsWith("telemetry_") && !KEPT.test(secret))
        .map(
          (secret) => `replace google_secret_manager_secret_version.telemetry-secret-versions["${secret}"]`,
        ),
    ]);
    expect(said).toContain(`${planned.length - 1} secret versions are replaced`);
    for (const name of deploys) await deploy(name.replace("acme/", "bridges-acme-"));
    for (const stack of rehearsal.stacks) expect(await rehearsal.plan(stack)).toEqual([]);

    for (const secret of secretsOf(customers[0]!)) {
      const draws = KEPT.test(secret) ? 1 : 2;
      expect({ secret, draws: received(`abc-${secret}`).length }).toEqual({ secret, draws });
    }
    expect(leaks()).toEqual([]);
  });

  it("are nowhere after everything is destroyed, backups of the states included", async () => {
    for (const stack of deployOrder(at("synthesized")).reverse()) {
      await rehearsal.liftProtections(stack);
      await terraform(stack, "destroy", "-input=false", "-no-color", "-auto-approve");
    }
    const states = findLeaks(at("rehearsal/state"), '"serial"');
    expect(states).toEqual(expect.arrayContaining(["customer-abc.tfstate", "customer-abc.tfstate.backup"]));
    expect(leaks()).toEqual([]);
  });

  it("would be found: a password that is kept, and a variable that is not ephemeral", async () => {
    const file = at("synthesized/stacks/account-acme/cdk.tf.json");
    const stack = JSON.parse(readFileSync(file, "utf8")) as {
      terraform: { required_providers: Record<string, unknown> };
      resource: Record<string, unknown>;
      variable?: Record<string, unknown>;
    };
    stack.terraform.required_providers["random"] = { source: "random", version: "3.7.2" };
    stack.resource["random_password"] = { kept: { length: 32, special: false } };
    stack.variable = { abc_jvb_auth_password: { type: "string", sensitive: true } };
    stack.resource["terraform_data"] = { kept: { input: "${var.abc_jvb_auth_password}" } };
    writeFileSync(file, JSON.stringify(stack));
    await rehearsal.copy(at("synthesized"));
    await deploy("account-acme");
    expect(leaks()).toEqual([
      "plans/account-acme.json",
      "rehearsal/stacks/account-acme/canary.tfplan",
      "rehearsal/state/account-acme.tfstate",
      "terminal.log",
    ]);
  });
});
