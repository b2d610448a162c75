import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MODELINES } from "../builders/account-files";
import { FleetCommand } from "../builders/fleet-command";
import { PretendedGoogle } from "../builders/pretended-google";

const STACK = "bridges-acme-nl-static";
const ABC = "projects/acme-meet-prod/secrets/abc-jvb-auth-password";
const XYZ = "projects/globex-video/secrets/xyz-europe-jvb-auth-password";
const ABC_TELEMETRY = "projects/acme-meet-prod/secrets/abc-telemetry_acme_nl-static";
const XYZ_TELEMETRY = "projects/globex-video/secrets/xyz-europe-telemetry_acme_nl-static";

/** What brings both passwords of a customer. */
const linesFor = (customer: string, jvb: string, telemetry: string, version = 1): string =>
  `export TF_VAR_${customer}_jvb_auth_password='${jvb}'\nexport TF_VAR_${customer}_secrets_version='${version}'\n` +
  `export TF_VAR_${customer}_telemetry_acme_nl_static='${telemetry}'\n`;
const LINES = linesFor("abc", "Canary1abc", "Canary2abc");

/** A second account, whose customer the Linodes of acme serve too. */
const GLOBEX = {
  "accounts/globex/account.yaml": `${MODELINES.account}gcp: { project: globex-video, network: { regions: { europe-west4: 10.40.0.0/20 } } }
state: { bucket: globex-video-terraform }
dns: { managedZone: globex-zone, domain: video.globex.example }
operators: { email: ops@globex.example, iap: ["group:ops@globex.example"] }
`,
  "accounts/globex/customers/xyz-europe.yaml": `${MODELINES.customer}server: { cloud: gcp, zone: europe-west4-a }\n`,
  "accounts/acme/pools/nl-static.yaml": `${MODELINES.pool}cloud: linode
region: nl-ams
serves: [abc, xyz-europe]
size: 3
`,
};

let fleet: FleetCommand;
let google: PretendedGoogle;
beforeEach(async () => {
  fleet = new FleetCommand();
  google = await PretendedGoogle.start();
  google.secrets.set(ABC, "Canary1abc");
  google.secrets.set(XYZ, "Canary1xyz");
  google.secrets.set(ABC_TELEMETRY, "Canary2abc");
  google.secrets.set(XYZ_TELEMETRY, "Canary2xyz");
  google.goodTokens.add("given");
  fleet.environment = withToken();
});
afterEach(async () => {
  await google.stop();
  fleet.close();
});

const endpoint = () => ({
  CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER: `http://${google.host}/`,
  GCE_METADATA_HOST: "127.0.0.1:1", // nobody there
});
const withToken = () => ({ ...endpoint(), GOOGLE_OAUTH_ACCESS_TOKEN: "given" });

async function env(stack = STACK, ...more: string[]) {
  fleet.write(GLOBEX);
  const result = await fleet.run(["secrets", "env", stack, ...more]);
  expect(result.err).not.toMatch(/Canary|ya29|given/);
  return result;
}

describe("fleet secrets env", () => {
  it("prints the passwords of each customer that the Linodes serve, and its version, also of other accounts", async () => {
    const { code, out, err } = await env();
    expect({ code, out, err }).toEqual({
      code: 0,
      out: LINES + linesFor("xyz_europe", "Canary1xyz", "Canary2xyz"),
      err: "",
    });
    const shell = spawnSync("sh", ["-c", 'eval "$LINES_OF_FLEET"; env'], {
      env: { LINES_OF_FLEET: out, PATH: process.env["PATH"] },
      encoding: "utf8",
    });
    expect(shell.stdout).toContain("TF_VAR_abc_jvb_auth_password=Canary1abc\n");
    expect(shell.stdout).toContain("TF_VAR_xyz_europe_jvb_auth_password=Canary1xyz\n");
    expect(shell.stdout).toContain("TF_VAR_xyz_europe_secrets_version=1\n");
  });

  it("brings the password of the account whose turn it is, in the same variable, and says that it is of that version", async () => {
    google.secrets.set(`${ABC}-even`, "Canary3abc");
    google.secrets.set(`${ABC_TELEMETRY}_even`, "Canary4abc");
    fleet.write({
      "accounts/acme/customers/abc.yaml": `${MODELINES.customer}server: { cloud: gcp, zone: europe-west4-a }\nsecretsVersion: 2\n`,
    });
    expect(await fleet.run(["secrets", "env", STACK])).toEqual({
      code: 0,
      out: linesFor("abc", "Canary3abc", "Canary4abc", 2),
      err: "",
    });
  });

  it.each([
    ["account-acme", "it has no machines"],
    ["customer-abc", "its machines fetch their secrets themselves"],
    ["bridges-acme-eu-burst", "its machines fetch their secrets themselves"],
  ])("prints nothing for %s, which needs none, and asks nobody", async (stack, why) => {
    expect(await env(stack)).toEqual({ code: 0, out: "", err: `${stack} needs no secrets: ${why}.\n` });
    expect(google.asked).toEqual([]);
  });

  it("names what there is, and what was meant, for a stack that is not there", async () => {
    expect(await env("bridges-acme-nl-statik")).toEqual({
      code: 2,
      out: "",
      err:
        'No stack is called "bridges-acme-nl-statik"; there are account-acme, account-globex, ' +
        "bridges-acme-eu-burst, bridges-acme-nl-static, customer-abc, customer-xyz-europe. " +
        "Did you mean bridges-acme-nl-static?\n",
    });
  });

  it("keeps secrets off a screen unless it is told otherwise", async () => {
    fleet.write();
    const screen = { outIsScreen: true };
    const { code, out, err } = await fleet.run(["secrets", "env", STACK], screen);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(`eval "$(npx fleet secrets env ${STACK})"`);
    expect(google.asked).toEqual([]);
    expect(await fleet.run(["secrets", "env", STACK, "--show"], screen)).toEqual({
      code: 0,
      out: LINES,
      err: "",
    });
  });

  it("prints nothing when one secret is missing, and a line with the way out for each that is", async () => {
    google.forbidden.add(ABC);
    google.secrets.delete(XYZ);
    expect(await env()).toEqual({
      code: 1,
      out: "",
      err:
        `${ABC}: you may not read it; ask for the role roles/secretmanager.secretAccessor in project ` +
        "acme-meet-prod, or log in as somebody who has it\n" +
        `${XYZ}: there is no such secret yet; deploy customer-xyz-europe first: npx fleet deploy customer-xyz-europe\n` +
        "\nNothing was printed.\n",
    });
  });

  it.each<[string, () => unknown, string]>([
    [
      "a disabled version",
      () => google.secrets.set(ABC, "disabled"),
      "its newest version is disabled or destroyed; enable it: gcloud secrets versions enable <number> " +
        "--secret=abc-jvb-auth-password --project=acme-meet-prod",
    ],
    [
      "a project without Secret Manager",
      () => google.switchedOff.add("acme-meet-prod"),
      "Secret Manager is not switched on in project acme-meet-prod; deploy the account's stack first",
    ],
    [
      "a quote in a value",
      () => google.secrets.set(ABC, "Canary'; rm -rf /"),
      "other characters than letters",
    ],
    ["a line break in a value", () => google.secrets.set(ABC, "Canary1\n"), "a line break counts"],
    ["an empty value", () => google.secrets.set(ABC, ""), "its newest version is empty"],
    ["bytes that are no text", () => google.secrets.set(ABC, Buffer.from([255, 0])), "other characters"],
  ])("says what to do about %s", async (_, spoil, says) => {
    spoil();
    const { code, out, err } = await env();
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err.split("\n")[0]).toMatch(new RegExp(`^${ABC}: `));
    expect(err).toContain(says);
  });

  it("asks again when Secret Manager is overloaded for a moment", async () => {
    google.outages.push(503);
    expect((await env()).code).toBe(0);
  });

  it("shows what is wrong with the accounts", async () => {
    fleet.write({ "accounts/acme/customers/abc.yaml": `${MODELINES.customer}server: 1\n` });
    const { code, out, err } = await fleet.run(["secrets", "env", STACK]);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/^accounts\/acme\/customers\/abc\.yaml:2:/);
  });
});

describe("the credentials of fleet secrets env", () => {
  const file = (name: string, content: unknown): string => {
    const path = join(fleet.folder, name);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, JSON.stringify(content));
    return path;
  };
  /** A program called gcloud that prints its words, and a token or a complaint. */
  const gcloud = (script: string): void => {
    mkdirSync(join(fleet.folder, "bin"), { recursive: true });
    writeFileSync(join(fleet.folder, "bin/gcloud"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  };
  const person = () => ({
    type: "authorized_user",
    client_id: "id",
    client_secret: "secret",
    refresh_token: "good",
    token_uri: `http://${google.host}/token`,
  });
  const asSecretManagerSaw = () => google.asked.filter(({ path }) => path.startsWith("/v1/"));

  beforeEach(() => {
    fleet.environment = endpoint();
    google.refreshTokens.add("good");
  });

  it("are those of a person in the file that gcloud leaves, with the project that pays", async () => {
    file(".config/gcloud/application_default_credentials.json", {
      ...person(),
      quota_project_id: "acme-quota",
    });
    expect(await env()).toMatchObject({ code: 0, err: "" });
    expect(asSecretManagerSaw()[0]).toMatchObject({ token: "ya29.handed-out-1", quotaProject: "acme-quota" });
  });

  it("are those of a service account in a key file", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    google.publicKey = publicKey;
    const key = {
      type: "service_account",
      client_email: "ci@acme-meet-prod.iam.gserviceaccount.com",
      private_key: privateKey,
      token_uri: `http://${google.host}/token`,
    };
    fleet.environment = { ...endpoint(), GOOGLE_APPLICATION_CREDENTIALS: file("key.json", key) };
    expect(await env()).toMatchObject({ code: 0, err: "" });
  });

  it("are gcloud's, when there is no file", async () => {
    gcloud('[ "$*" = "auth print-access-token --quiet" ] && echo given');
    expect(await env()).toMatchObject({ code: 0, err: "" });
    expect(asSecretManagerSaw()[0]).toMatchObject({ token: "given", quotaProject: undefined });
  });

  it("are gcloud's, when the file is of a kind that only gcloud reads", async () => {
    gcloud('[ "$*" = "auth application-default print-access-token --quiet" ] && echo given');
    fleet.environment = {
      ...endpoint(),
      GOOGLE_APPLICATION_CREDENTIALS: file("wif.json", { type: "external_account" }),
    };
    expect(await env()).toMatchObject({ code: 0, err: "" });
  });

  it("are the machine's own on a machine of Google's", async () => {
    fleet.environment = { ...endpoint(), GCE_METADATA_HOST: google.host };
    expect(await env()).toMatchObject({ code: 0, err: "" });
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      "nothing is there",
      () => undefined,
      /^no Google credentials found; install gcloud and run gcloud auth application-default login, or set GOOGLE_APP/,
    ],
    [
      "nobody is logged in to gcloud",
      () => gcloud('echo "ERROR: no active account" >&2; exit 1'),
      /^gcloud gives no token \(ERROR: no active account\); run gcloud auth login\n/,
    ],
    [
      "the named file is not there",
      () => (fleet.environment = { ...endpoint(), GOOGLE_APPLICATION_CREDENTIALS: "/nowhere.json" }),
      /^GOOGLE_APPLICATION_CREDENTIALS names \/nowhere\.json, which is not there; correct it or unset it\n/,
    ],
    [
      "the login is expired",
      () =>
        file(".config/gcloud/application_default_credentials.json", { ...person(), refresh_token: "old" }),
      /^Google refuses the credentials in .* \(invalid_grant\): .* run gcloud auth application-default login\n/,
    ],
    [
      "the file is broken",
      () => file(".config/gcloud/application_default_credentials.json", { type: "authorized_user" }),
      /application_default_credentials\.json has no client_id; make it anew: gcloud auth/,
    ],
    [
      "the token is expired",
      () => (fleet.environment = { ...endpoint(), GOOGLE_OAUTH_ACCESS_TOKEN: "old" }),
      /^Google refuses the access token: it has expired, or is none; log in again/,
    ],
    [
      "Secret Manager does not answer",
      () =>
        (fleet.environment = {
          ...withToken(),
          CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER: "http://127.0.0.1:1",
        }),
      /^127\.0\.0\.1:1 does not answer; look at your network, then try again\n/,
    ],
  ])("are explained when %s", async (_, prepare, says) => {
    prepare();
    const { code, out, err } = await env();
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(says);
    expect(err).toMatch(/\n\nNothing was printed\.\n$/);
  });
});
