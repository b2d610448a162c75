import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import type { ImportResult } from "../../cli/import/import-result";
import { loadFleet } from "../../config/load-fleet";
import { FleetCommand } from "../builders/fleet-command";

const FIXTURES = join("__tests__", "fixtures", "import");

/** What the guide's playbook lacks. */
const ANSIBLE_ANSWERS = [
  ...["--account", "acme2", "--project", "acme-meet-2", "--state-bucket", "acme2-terraform"],
  ...["--zone", "europe-west4-a", "--ssh-from", "203.0.113.0/24"],
];
const ACCOUNTS_ANSWERS = [
  ...["--state-bucket", "{account}-tf", "--email", "ops@acme.example"],
  ...["--hostname", "{account}.example", "--project", "{account}-meet"],
];
const LIVE_ANSWERS = ["--state-bucket", "{account}-terraform", "--hostname", "meet.{account}.example"];

/** Whatever the fixtures hold that nobody may see again. */
const SECRETS = /hunter2|ANSIBLE_VAULT|61636d652d6e6f|676c6f6265782d|c2VjcmV0LW9m|not-a-real-key/;

describe("fleet import", () => {
  let fleet: FleetCommand;
  beforeEach(() => {
    fleet = new FleetCommand();
  });
  afterEach(() => fleet.close());

  const source = (name: string): string => join(FIXTURES, name);

  /** A folder of the test's own, with these files. */
  function folderOf(files: Readonly<Record<string, string>>): string {
    const folder = join(fleet.folder, "source");
    mkdirSync(folder, { recursive: true });
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return folder;
  }

  const below = (folder: string): string[] =>
    existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }).sort() : [];

  /** All files of an account, one after the other. */
  const filesOf = (account: string): string =>
    below(join(fleet.accounts, account))
      .filter((path) => path.endsWith(".yaml"))
      .map((path) => `== ${account}/${path}\n${fleet.read(join("accounts", account, path))}`)
      .join("");

  describe("ansible", () => {
    it("writes an account from the guide's playbook, and says what became of every variable", async () => {
      const run = await fleet.run(["import", "ansible", source("ansible-guide"), ...ANSIBLE_ANSWERS]);
      expect(run.code).toBe(0);
      expect(filesOf("acme2")).toMatchSnapshot();
      expect(run.out).toMatchSnapshot();
      expect(run.err).toContain("2 warnings");
      expect(await fleet.run(["check"])).toMatchObject({ code: 0 });
    });

    it("counts the bridges of the Marketplace's playbook without its server", async () => {
      const answers = [
        "--account",
        "glob2",
        "--project",
        "globex-two",
        "--state-bucket",
        "globex2-terraform",
      ];
      const more = [
        "--zone",
        "us-west2-a",
        "--ssh-from",
        "203.0.113.0/24",
        "--hostname",
        "meet2.globex.example",
      ];
      const run = await fleet.run(["import", "ansible", source("ansible-marketplace"), ...answers, ...more]);
      expect(run.code).toBe(0);
      expect(filesOf("glob2")).toMatchSnapshot();
    });

    it("asks for what is missing, each until the model takes the answer", async () => {
      const answers = [
        "no",
        "acme-meet-2",
        "acme2-terraform",
        "203.0.113.0/24",
        "europe-west4-q",
        "europe-west4-a",
      ];
      const run = await fleet.run(["import", "ansible", source("ansible-guide"), "--account", "acme2"], {
        input: Readable.from([`${answers.join("\n")}\n`]),
      });
      expect(run.err).toContain("acme2: id of the Google Cloud project, which exists already: ");
      expect(run.err).toContain("allowed: a project id of 6 to 30 lower-case letters, digits and hyphens.");
      expect(run.err).toContain('no zone is called "europe-west4-q"; did you mean europe-west4-a?');
      expect(run.code).toBe(0);
      expect(filesOf("acme2")).toContain("project: acme-meet-2 # your answer\n");
    });

    it("lists all that is missing at once where nobody can be asked", async () => {
      const run = await fleet.run(["import", "ansible", source("ansible-guide"), "--account", "acme2"]);
      expect([run.code, run.out, below(fleet.accounts)]).toEqual([2, "", []]);
      expect(run.err).toMatchInlineSnapshot(`
        "The sources do not say all that an account needs. Add:

          --project <id>            id of the Google Cloud project, which exists already
          --state-bucket <bucket>   bucket for Terraform's state, which exists already
          --ssh-from <network,...>  networks of the people who deploy, separated by commas
          --zone <zone>             zone of Google Cloud for the server, such as europe-west4-a

        Nothing was written.
        "
      `);
    });

    it("names the files that it leaves alone", async () => {
      const folder = folderOf({
        "group_vars/jitsi.yml": "jvb_cluster_size: 2\nregion: nl-ams\n",
        "host_vars/jvb1.yml": "jvb_type: g6-dedicated-8\n",
        "hosts.yml": "all: {}\n",
      });
      const more = ["--email", "ops@abc.example", "--ssh-key", `ssh-ed25519 ${"A".repeat(68)} ops`];
      const flags = [...ANSIBLE_ANSWERS, ...more, "--hostname", "meet.abc.example", "--json"];
      const { out } = await fleet.run(["import", "ansible", folder, ...flags]);
      expect((JSON.parse(out) as ImportResult).notUnderstood.map(({ at }) => at)).toEqual([
        "host_vars/jvb1.yml:1",
        "hosts.yml:1",
      ]);
    });

    it("takes the number of bridges from the inventory where no variable says it", async () => {
      const folder = folderOf({
        "group_vars/jitsi.yml": "jvb_type: g6-dedicated-4\nregion: nl-ams\ndomain: meet.abc.example\n",
        hosts: "[jvb_servers]\n203.0.113.1\njvb-[02:04].abc.example ansible_user=root\n",
      });
      const more = ["--email", "ops@abc.example", "--ssh-key", `ssh-ed25519 ${"A".repeat(68)} ops`];
      const run = await fleet.run(["import", "ansible", folder, ...ANSIBLE_ANSWERS, ...more]);
      expect(run.code).toBe(0);
      expect(run.out).toMatch(/hosts:1 +\[jvb_servers\] +4 +acme2\/pools\/jvb\.yaml size/);
    });
  });

  describe("terragrunt", () => {
    it("writes an account for each folder, with the settings of an old Terragrunt passed over", async () => {
      const run = await fleet.run([
        "import",
        "terragrunt",
        source("terragrunt-accounts"),
        ...ACCOUNTS_ANSWERS,
      ]);
      expect(run.code).toBe(0);
      expect(filesOf("gcp-acme")).toMatchSnapshot();
      expect(filesOf("gcp-globex")).toMatchSnapshot();
      expect(run.out).toMatchSnapshot();
      expect(await fleet.run(["check"])).toMatchObject({ code: 0 });
    });

    it("follows what folders inherit, and makes a pool of each folder that says its size", async () => {
      const run = await fleet.run(["import", "terragrunt", source("terragrunt-live"), ...LIVE_ANSWERS]);
      expect(run.code).toBe(0);
      expect(filesOf("abc")).toMatchSnapshot();
      expect(filesOf("xyz")).toMatchSnapshot();
      expect(run.out).toMatchSnapshot();
    });

    it("asks for a bucket where accounts share one", async () => {
      const answers = ["--hostname", "meet.{account}.example"];
      const run = await fleet.run(["import", "terragrunt", source("terragrunt-live"), ...answers]);
      expect(run.code).toBe(2);
      expect(run.err).toContain(
        "--state-bucket <bucket>  bucket for Terraform's state, which exists already (abc, xyz)\n",
      );
    });

    it("reads JSON, and a folder that is the account itself", async () => {
      const answers = [
        "--state-bucket",
        "shards-tf",
        "--email",
        "ops@acme.example",
        "--min",
        "2",
        "--max",
        "4",
      ];
      const folder = source("terraform-shards");
      const run = await fleet.run(["import", "terragrunt", folder, "--account", "acme3", ...answers]);
      expect(run.code).toBe(0);
      expect(filesOf("acme3")).toMatchSnapshot();
    });

    it("refuses two projects in one account", async () => {
      const folder = folderOf({
        "acme/eu/terraform.tfvars": 'project_id = "acme-one-1"\nmin_instances = 1\n',
        "acme/us/terraform.tfvars": 'project_id = "acme-two-2"\nmin_instances = 1\n',
      });
      expect(await fleet.run(["import", "terragrunt", folder])).toEqual({
        code: 2,
        out: "",
        err:
          "acme/us/terraform.tfvars:1 names another project than acme/eu/terraform.tfvars:1; an account has one " +
          "project; import their folders one by one.\n",
      });
    });

    it("loads what it has written as it was meant", async () => {
      await fleet.run(["import", "terragrunt", source("terragrunt-accounts"), ...ACCOUNTS_ANSWERS]);
      const loaded = loadFleet(fleet.accounts);
      if (!loaded.ok) throw new Error("the check refuses it");
      const pools = loaded.fleet.pools.map(({ account, id, region, size }) => ({
        account,
        id,
        region,
        size,
      }));
      expect(pools).toEqual([
        { account: "gcp-acme", id: "jvb", region: "europe-west4", size: { min: 3, max: 12 } },
        { account: "gcp-globex", id: "jvb", region: "us-east1", size: { min: 1, max: 20 } },
      ]);
    });
  });

  it("prints one JSON object, and writes no account in a dry run", async () => {
    const report = join(fleet.folder, "report.md");
    const run = await fleet.run([
      ...["import", "terragrunt", source("terragrunt-live"), ...LIVE_ANSWERS],
      ...["--json", "--dry-run", "--report", report],
    ]);
    expect(run.code).toBe(0);
    const result = JSON.parse(run.out) as ImportResult;
    expect(result).toMatchObject({ source: "terragrunt", written: false, accounts: ["abc", "xyz"] });
    expect(result.files).toHaveLength(7);
    expect(result.notUnderstood.map(({ at }) => at)).toEqual([
      "live/abc/europe-west4/jvb/terragrunt.hcl:26",
      "live/abc/us-east1/jvb/terragrunt.hcl:10",
    ]);
    expect(below(fleet.accounts)).toEqual([]);
    expect(readFileSync(report, "utf8")).toMatchSnapshot();
  });

  it("shows in a dry run what there is and what is lacking, and asks nobody", async () => {
    const run = await fleet.run(
      ["import", "ansible", source("ansible-guide"), "--account", "acme2", "--dry-run"],
      {
        input: Readable.from(["acme-meet-2\n"]),
      },
    );
    expect([run.code, below(fleet.accounts)]).toEqual([2, []]);
    expect(run.out).toContain("jvb_cluster_size   4                 acme2/pools/meet-jvb.yaml size\n");
    expect(run.err).toMatch(
      /^\nThe sources do not say all that an account needs\. Add:\n\n {2}--project <id>/,
    );
  });

  it("shows and writes no secret", async () => {
    const report = join(fleet.folder, "report.md");
    const runs = [
      await fleet.run(["import", "ansible", source("ansible-guide"), ...ANSIBLE_ANSWERS, "--report", report]),
      await fleet.run(["import", "terragrunt", source("terragrunt-accounts"), ...ACCOUNTS_ANSWERS, "--json"]),
    ];
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    const all = [...runs.flatMap(({ out, err }) => [out, err]), readFileSync(report, "utf8")];
    all.push(...["acme2", "gcp-acme", "gcp-globex"].map(filesOf));
    // The fixtures do hold them.
    const vault = join(source("ansible-guide"), "group_vars/jitsi/secret_vars");
    expect(readFileSync(vault, "utf8")).toMatch(SECRETS);
    expect(all.filter((text) => SECRETS.test(text))).toEqual([]);
    expect(runs[0]!.out).toMatch(/secret_vars:1 +root_password +\(secret\)/);
  });

  it("does not show what stands in a place where nobody expects a secret", async () => {
    const folder = folderOf({
      "acme/terraform.tfvars":
        'project_id = "hunter2 IS the PASSWORD"\nregion = "hunter2"\nmin_instances = "hunter2"\n' +
        'my_thing = "hunter2"\nlabels = { db_password = "hunter2" }\nmax_instances = 3\n',
    });
    const answers = ["--project", "acme-meet-2", "--region", "europe-west4", "--min", "1", ...LIVE_ANSWERS];
    const flags = [...answers, "--email", "ops@acme.example", "--json", "--dry-run"];
    const run = await fleet.run(["import", "terragrunt", folder, ...flags]);
    expect(run.code).toBe(0);
    expect((JSON.parse(run.out) as ImportResult).notUnderstood.map(({ variable }) => variable)).toContain(
      "my_thing",
    );
    expect(run.out + run.err).not.toContain("hunter2");
  });

  it("touches no account that is there, and makes none beside it", async () => {
    fleet.write();
    const before = filesOf("acme");
    const folder = folderOf({
      "acme/terraform.tfvars": 'project_id = "acme-one-1"\n',
      "globex/terraform.tfvars": 'project_id = "globex-one-1"\n',
    });
    const run = await fleet.run(["import", "terragrunt", folder]);
    expect(run.code).toBe(2);
    expect(run.err).toMatch(
      /accounts\/acme is there already, and is not overwritten; remove it first, or choose another id with --account\.\n$/,
    );
    expect(filesOf("acme")).toBe(before);
    expect(readdirSync(fleet.accounts).sort()).toEqual(["acme", "defaults.yaml"]);
  });

  it("refuses the id of a customer that another account has", async () => {
    fleet.write({ "accounts/globex/account.yaml": undefined });
    const folder = folderOf({ "abc/terraform.tfvars": 'project_id = "abc-meet-1"\nmin_instances = 1\n' });
    const run = await fleet.run(["import", "terragrunt", folder]);
    expect(run.code).toBe(2);
    expect(run.err).toBe(
      "customer abc is there already, in account acme; choose another id with --customer.\n",
    );
  });

  it("names the customers of several accounts by one flag", async () => {
    const answers = [...LIVE_ANSWERS, "--customer", "{account}-meet"];
    const run = await fleet.run(["import", "terragrunt", source("terragrunt-live"), ...answers, "--dry-run"]);
    expect(run.code).toBe(0);
    expect(run.out).toMatch(/abc\/customers\/abc-meet\.yaml\n[^]*xyz\/customers\/xyz-meet\.yaml\n/);
  });

  it("writes nothing when the check would refuse the outcome beside the accounts that are there", async () => {
    fleet.write();
    const answers = [...ANSIBLE_ANSWERS, "--project", "acme-meet-prod"];
    const run = await fleet.run(["import", "ansible", source("ansible-guide"), ...answers]);
    expect(run.code).toBe(1);
    expect(run.err).toMatch(/^What would be written is refused:\n\n/);
    expect(run.err).toContain('"acme-meet-prod"');
    expect(readdirSync(fleet.accounts).sort()).toEqual(["acme", "defaults.yaml"]);
  });

  it("writes nothing beside accounts that have mistakes already", async () => {
    fleet.write({ "accounts/acme/account.yaml": "state: 1\n" });
    const run = await fleet.run(["import", "ansible", source("ansible-guide"), ...ANSIBLE_ANSWERS]);
    expect(run.code).toBe(1);
    expect(run.err).toContain("accounts/acme/account.yaml:1:1");
    expect(readdirSync(fleet.accounts).sort()).toEqual(["acme", "defaults.yaml"]);
  });

  it.each([
    ["ansible", "group_vars/jitsi/vars", "region: [nl-ams\n", ":1:15  not YAML: a bracket"],
    ["ansible", "group_vars/jitsi/vars", "a: 1\n---\nb: 2\n", ":2:1  a second document begins"],
    ["terragrunt", "acme/terraform.tfvars", 'region = "x\n', ":1:12  not HCL: invalid multi-line string"],
    ["terragrunt", "acme/terraform.tfvars", "a = [\n", ":2:1  not HCL: missing expression"],
    ["terragrunt", "acme/a.tfvars.json", "{ 1", ":1:3  not YAML"],
    ["terragrunt", "acme/terraform.tfvars", "a = 1 # \u202e\n", ":1:9  the character U+202E"],
  ])("names the place of a mistake in a source: %s %s %j", async (kind, file, text, message) => {
    const run = await fleet.run(["import", kind, folderOf({ [file]: text })]);
    expect([run.code, run.out, below(fleet.accounts)]).toEqual([1, "", []]);
    expect(run.err).toContain(`${file}${message}`);
    expect(run.err).toMatch(/\n\n1 problem in 1 file\. Nothing was written\.\n$/);
  });

  it.each([
    ["ansible", "holds no variables; it must hold group_vars/<group>/vars"],
    ["terragrunt", "holds no variables; it must hold terraform.tfvars"],
  ])("says what a folder without variables lacks: %s", async (kind, message) => {
    const folder = folderOf({ "README.md": "nothing" });
    symlinkSync(folder, join(folder, "loop"));
    const run = await fleet.run(["import", kind, folder]);
    expect([run.code, run.out]).toEqual([2, ""]);
    expect(run.err).toContain(message);
  });

  it("says that there is no such folder", async () => {
    const run = await fleet.run(["import", "terragrunt", join(fleet.folder, "none")]);
    expect(run.code).toBe(2);
    expect(run.err).toBe(
      `${join(fleet.folder, "none")} is no folder; name the one that holds the variables.\n`,
    );
  });

  it("follows no link, and says so", async () => {
    const outside = join(fleet.folder, "outside.tfvars");
    writeFileSync(outside, 'project_id = "globex-one-1"\n');
    const folder = folderOf({
      "acme/terraform.tfvars": 'project_id = "acme-one-1"\nmin_instances = 1\nmax_instances = 2\n',
    });
    symlinkSync(outside, join(folder, "acme", "more.tfvars"));
    symlinkSync(folder, join(folder, "acme", "loop"));
    const answers = ["--state-bucket", "acme-tf", "--email", "ops@acme.example", "--region", "europe-west4"];
    const flags = [...answers, "--hostname", "meet.acme.example", "--json"];
    const run = await fleet.run(["import", "terragrunt", folder, ...flags]);
    expect(run.code).toBe(0);
    const { notUnderstood, taken } = JSON.parse(run.out) as ImportResult;
    expect(notUnderstood.map(({ at, why }) => `${at} ${why}`)).toEqual([
      "acme/loop:1 links are not followed",
      "acme/more.tfvars:1 links are not followed",
    ]);
    expect(taken.map(({ value }) => value)).toEqual(["acme-one-1", "1", "2"]);
  });

  it.each([
    ["--customer", "{account}_1", /--customer "x_1": allowed: at most 24 lower-case letters/],
    ["--account", "Acme", /--account "Acme": allowed: at most 24 lower-case letters/],
    ["--project", "no", /^--project: allowed: a project id/],
    ["--zone", "mars-1a", /^--zone: no zone is called "mars-1a"/],
    ["--max", "many", /^--max: not of the kind that the field takes/],
  ])("refuses %s %s before it does anything", async (flag, value, message) => {
    const run = await fleet.run(["import", "terragrunt", source("terraform-shards"), flag, value]);
    expect([run.code, run.out, below(fleet.accounts)]).toEqual([2, "", []]);
    expect(run.err).toMatch(message);
  });

  it("leaves no half-written account when one of the files cannot be written", async () => {
    const file = join(fleet.folder, "a-file");
    writeFileSync(file, "");
    const run = await fleet.run([
      ...["import", "ansible", source("ansible-guide"), ...ANSIBLE_ANSWERS],
      ...["--report", join(file, "below-a-file.md")],
    ]);
    expect(run.code).toBe(1);
    expect(run.err).toMatch(/a-file.*: (?:ENOTDIR|EEXIST): .*\.\n$/);
    expect(below(fleet.accounts).filter((path) => /\.(?:yaml|new)$/.test(path))).toEqual([]);
  });
});
