import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import type { Fleet } from "../../model/fleet";
import { buildApp } from "../../stacks/build-app";
import { planOutput, removeLeftovers } from "../../stacks/output-directory";
import { aCustomer, aFleet, aLinodePool, anAccount } from "../builders/fleet";
import { temporaryDirectory } from "../builders/output";

const root = temporaryDirectory();
let outdir: string;
beforeEach(() => {
  outdir = join(root, expect.getState().currentTestName!.replaceAll(/\W+/g, "-"));
  mkdirSync(outdir);
});

interface Written {
  readonly source?: string;
  readonly bucket?: string;
  readonly project?: string;
  readonly resource?: object;
}
/** Puts a stack there as an earlier synth would have. */
const written = (
  id: string,
  { source = `accounts/acme/x/${id}.yaml`, bucket, project = "acme-meet-prod", resource }: Written = {},
) => {
  mkdirSync(join(outdir, "stacks", id), { recursive: true });
  const backend = { gcs: { bucket: bucket ?? "acme-meet-prod-terraform", prefix: id } };
  writeFileSync(
    join(outdir, "stacks", id, "cdk.tf.json"),
    JSON.stringify({
      "//": { source },
      provider: { google: [{ project }] },
      terraform: { backend },
      ...(resource && { resource }),
    }),
  );
};
const RESOURCES = { google_compute_firewall: { web: {} }, google_service_account: { identity: {} } };
const fleetRetiring = (...retired: string[]) => aFleet({ accounts: [anAccount({ retired })] });

const plan = (fleet: Fleet = aFleet()) => {
  const app = new App({ outdir, stackTraces: false });
  buildApp(app, fleet);
  return planOutput(app, fleet);
};
const FINE = { refusals: [], leftovers: [], others: {} };

/** The only refusal, without the directory that it begins with. */
const refusal = (id: string, fleet = aFleet()) => {
  const { refusals } = plan(fleet);
  expect(refusals).toHaveLength(1);
  const directory = join(outdir, "stacks", id);
  expect(refusals[0]).toContain(`${directory}: `);
  return refusals[0]!.slice(directory.length + 2);
};

describe("planOutput", () => {
  it("goes ahead when there is nothing yet", () => {
    expect(plan()).toEqual(FINE);
  });

  it("goes ahead over stacks that the data still asks for, as far as they got", () => {
    written("customer-abc", { resource: RESOURCES });
    writeFileSync(join(outdir, "stacks", "customer-abc", "cdk.tf.json"), "{ cut off");
    mkdirSync(join(outdir, "stacks", "bridges-acme-eu-burst"));
    expect(plan()).toEqual(FINE);
  });
});

describe("planOutput, for a stack that the data still asks for", () => {
  const protects = (address: string) => {
    const [type, name] = address.split(".") as [string, string];
    written("account-acme", { resource: { [type]: { [name]: { lifecycle: { prevent_destroy: true } } } } });
  };

  it("goes ahead while everything protected is still declared", () => {
    protects("google_dns_managed_zone.zone");
    expect(plan()).toEqual(FINE);
  });

  it("refuses to lose what was protected: Terraform would destroy it without a word", () => {
    protects("google_dns_managed_zone.zone");
    const { dns, ...account } = anAccount();
    const fleet = aFleet({ accounts: [{ ...account, dns: { ...dns!, createZone: false } }] });
    expect(refusal("account-acme", fleet)).toBe(
      "it protects google_dns_managed_zone.zone, which nothing declares any more; put back what does, or set " +
        "allowDestroys: true in accounts/acme/account.yaml, deploy account-acme, and remove it then",
    );
  });

  it("refuses a customer that moved to another account, and takes a renamed folder", () => {
    const source = "accounts/globex/customers/abc.yaml";
    written("customer-abc", { source, bucket: "globex-terraform", project: "globex", resource: RESOURCES });
    expect(refusal("customer-abc")).toBe(
      `it runs for ${source}, and accounts/acme/customers/abc.yaml asks for it now, in another account, where everything of ` +
        "it would be made anew; put the file back, and make a customer with another id there (docs/operations.md, Move a " +
        "customer to another account)",
    );
    written("customer-abc", { source, resource: RESOURCES });
    expect(plan()).toEqual(FINE);
  });

  it("refuses another bucket: a plan would find an empty state there", () => {
    written("customer-abc", { bucket: "elsewhere", resource: RESOURCES });
    expect(refusal("customer-abc")).toBe(
      "its state is in bucket elsewhere, but the account now names acme-meet-prod-terraform, where a plan would find " +
        "nothing and create everything anew; name the old bucket again, or copy its objects to the new one, delete " +
        "this directory and synthesize again",
    );
  });

  it("refuses another project: everything would be destroyed in one and created in the other", () => {
    written("customer-abc", { project: "acme-old", resource: RESOURCES });
    expect(refusal("customer-abc")).toBe(
      "its resources are in project acme-old, but the account now names acme-meet-prod, and Terraform would destroy " +
        "them there and create them here; name the old project again, and make an account of its own for the new one",
    );
  });

  it("refuses a subnet that shrinks, and lets it grow", () => {
    const subnet = (range: string) => ({
      google_compute_subnetwork: { "subnet-us-east1": { ip_cidr_range: range } },
    });
    written("account-acme", { resource: subnet("10.20.0.0/16") });
    expect(refusal("account-acme")).toBe(
      "subnet-us-east1 is 10.20.0.0/16, and 10.20.16.0/20 does not contain it, so that the subnet would be replaced " +
        "under the machines in it; name a range that contains the old one",
    );
    written("account-acme", { resource: subnet("10.20.16.0/24") });
    expect(plan().refusals).toEqual([]);
  });

  it("refuses another zone: the old records would go before the new ones resolve", () => {
    written("customer-abc", {
      resource: { google_dns_record_set: { "address-record": { managed_zone: "old-zone" } } },
    });
    expect(refusal("customer-abc")).toBe(
      "google_dns_record_set.address-record is in zone old-zone, but the account now names acme-zone; name the old one " +
        "again, and move customers one by one: an account of its own has the new zone, or the customer names a hostname " +
        "that you publish yourself",
    );
  });

  it("refuses another domain of the account's own zone", () => {
    written("account-acme", {
      resource: { google_dns_managed_zone: { zone: { dns_name: "old.acme.example." } } },
    });
    expect(refusal("account-acme")).toContain(
      "google_dns_managed_zone.zone is in zone old.acme.example., but the account now names meet.acme.example.; ",
    );
  });

  it("refuses to take placement groups from under their machines", () => {
    written("bridges-acme-nl-static", {
      resource: { linode_instance: { "bridge-1": {} }, linode_placement_group: { "bridges-1": {} } },
    });
    const pools = [aLinodePool({ placement: "none" })];
    expect(refusal("bridges-acme-nl-static", aFleet({ pools }))).toBe(
      "its machines are in placement groups, which Linode does not delete while they are in use, and " +
        "accounts/acme/pools/nl-static.yaml now says placement: none; put placement back, or add a pool with a new " +
        "name and retire this one when that is up",
    );
    expect(plan(aFleet({ pools: [aLinodePool()] })).refusals).toEqual([]);
  });

  it("refuses a secretsVersion that skips one or goes back: no bridge that runs could log in", () => {
    const versions = (version: number) => ({
      google_secret_manager_secret_version: {
        "secret-versions": {
          secret_data_wo_version: `\${${JSON.stringify({ "jicofo-auth-password": version })}[each.key]}`,
        },
      },
    });
    const fleet = (secretsVersion: number) => aFleet({ customers: [aCustomer({ secretsVersion })] });
    written("customer-abc", { resource: versions(4) });
    for (const skipping of [6, 3]) {
      expect(refusal("customer-abc", fleet(skipping))).toBe(
        `secretsVersion goes from 4 to ${skipping} in accounts/acme/customers/abc.yaml, which would take the passwords ` +
          "of all bridges that run; write 5, deploy, and renew the bridges before it goes up again",
      );
    }
    for (const allowed of [4, 5]) expect(plan(fleet(allowed)).refusals).toEqual([]);
  });

  it("refuses another region of a Linode pool: all machines would go before the first is back", () => {
    written("bridges-acme-nl-static", {
      resource: { linode_instance: { "bridge-1": { region: "nl-ams" } } },
    });
    expect(refusal("bridges-acme-nl-static", aFleet({ pools: [aLinodePool({ region: "de-fra-2" })] }))).toBe(
      "its machines are in nl-ams, and accounts/acme/pools/nl-static.yaml now says de-fra-2, so that all of them would " +
        "be replaced at once; put the region back, add a pool with a new name, and retire this one when that is up",
    );
  });

  it("refuses another type of Linodes that take calls: all of them would stop at once", () => {
    const machines = (drained: boolean) => ({
      resource: {
        linode_instance: { "bridge-1": { type: "g6-dedicated-4" } },
        terraform_data: { "push-1": { triggers_replace: { draining: drained } } },
      },
    });
    const fleet = aFleet({ pools: [aLinodePool({ type: "g6-dedicated-8" })] });
    written("bridges-acme-nl-static", machines(false));
    expect(refusal("bridges-acme-nl-static", fleet)).toBe(
      "accounts/acme/pools/nl-static.yaml asks for another type, and Terraform would stop bridge-1 at once, with the " +
        "calls on them; put the type back, and set draining: to size, deploy, and change it when their calls have " +
        "ended; or add a pool with a new name, and retire this one when that is up",
    );
    written("bridges-acme-nl-static", machines(true));
    expect(plan(fleet).refusals).toEqual([]);
  });

  it("refuses to rebuild two Linodes at once, and lets one be rebuilt, or a pool grow", () => {
    const generations = { "generation-1": { triggers_replace: 1 }, "generation-2": { triggers_replace: 4 } };
    written("bridges-acme-nl-static", {
      resource: { linode_instance: { "bridge-1": {} }, terraform_data: generations },
    });
    const withGenerations = (first: number, second: number) => {
      const bridges = { "bridge-1": { generation: first }, "bridge-2": { generation: second } };
      return aFleet({ pools: [aLinodePool({ bridges })] });
    };
    expect(refusal("bridges-acme-nl-static", withGenerations(2, 5))).toBe(
      "accounts/acme/pools/nl-static.yaml asks for new generations of bridge-1, bridge-2, and Terraform would take all " +
        "of them away before the first is back; raise one, deploy, then raise the next",
    );
    expect(plan(withGenerations(2, 4)).refusals).toEqual([]);
  });

  it("refuses a pool that moves to another cloud: all of its bridges would be destroyed at once", () => {
    written("bridges-acme-eu-burst", { resource: { linode_instance: { "bridge-1": {} } } });
    expect(refusal("bridges-acme-eu-burst")).toBe(
      "it runs linode_instance, and accounts/acme/pools/eu-burst.yaml now asks for another cloud, so that all of it " +
        "would be destroyed; put the cloud back, add a pool with a new name, and retire this one when that is up",
    );
  });
});

describe("planOutput, when a file is gone", () => {
  it("refuses to forget what still runs, and names both ways out", () => {
    written("customer-old", { source: "accounts/acme/customers/old.yaml", resource: RESOURCES });
    expect(refusal("customer-old")).toBe(
      "it holds 2 resources, and accounts/acme/customers/old.yaml asks for it no more; restore that file, or list " +
        "customer-old under retired: in accounts/acme/account.yaml to destroy what runs",
    );
  });

  it("does so for every such stack at once", () => {
    for (const id of ["bridges-acme-b", "bridges-acme-a"]) written(id, { resource: RESOURCES });
    expect(plan().refusals.map((text) => /stacks.(\S+):/.exec(text)![1])).toEqual([
      "bridges-acme-a",
      "bridges-acme-b",
    ]);
  });

  it("knows another way out when the account is gone, too", () => {
    written("customer-old", {
      source: "accounts/gone/customers/old.yaml",
      bucket: "gone-terraform",
      resource: { google_x: { y: {} } },
    });
    expect(refusal("customer-old")).toBe(
      "it holds 1 resource, and accounts/gone/customers/old.yaml asks for it no more; restore that file, or run " +
        '"cdktf destroy customer-old --skip-synth" and then delete this directory',
    );
  });

  it("names the way back when the folder of the account was renamed", () => {
    written("account-gone", { source: "accounts/gone/account.yaml", resource: RESOURCES });
    expect(refusal("account-gone")).toBe(
      "it holds 2 resources, and accounts/gone/account.yaml asks for it no more, since accounts/gone is accounts/acme now, " +
        "and an account cannot change its name: all of it would be made anew, beside what runs; rename accounts/acme to " +
        "accounts/gone again",
    );
  });

  it("never retires an account's own stack", () => {
    written("account-gone", { source: "accounts/acme/account.yaml", resource: RESOURCES });
    expect(refusal("account-gone")).toContain('run "cdktf destroy account-gone --skip-synth"');
  });

  it("refuses to guess what an unreadable stack runs", () => {
    written("customer-old");
    writeFileSync(join(outdir, "stacks", "customer-old", "cdk.tf.json"), "{ cut off");
    expect(refusal("customer-old")).toMatch(
      /^its cdk\.tf\.json cannot be read \(.+\), so nobody knows what runs there; restore it from version control$/,
    );
  });
});

describe("planOutput, for a retired stack", () => {
  it("goes ahead when nothing in it is protected, and keeps its directory", () => {
    written("customer-old", { resource: RESOURCES });
    expect(plan(fleetRetiring("customer-old"))).toEqual(FINE);
  });

  it.each([
    ["lifecycle.prevent_destroy", { lifecycle: { prevent_destroy: true } }],
    ["deletion_protection", { deletion_protection: true }],
  ])("refuses while %s holds something: Terraform would forget it with the resource", (_, attributes) => {
    written("customer-old", {
      source: "accounts/acme/customers/old.yaml",
      resource: { ...RESOURCES, google_compute_disk: { data: attributes } },
    });
    expect(refusal("customer-old", fleetRetiring("customer-old"))).toBe(
      "it is retired, but still protects google_compute_disk.data; bring accounts/acme/customers/old.yaml back with " +
        "allowDestroys: true, deploy customer-old, and retire it then",
    );
  });

  it("refuses while bridges on Linode take calls: nothing would drain them", () => {
    const push = (draining: boolean) => ({ triggers_replace: { draining } });
    const pool = (...draining: readonly boolean[]) =>
      written("bridges-acme-old", {
        source: "accounts/acme/pools/old.yaml",
        resource: {
          terraform_data: Object.fromEntries(draining.map((each, n) => [`push-${n + 1}`, push(each)])),
        },
      });
    pool(false, true, false);
    expect(refusal("bridges-acme-old", fleetRetiring("bridges-acme-old"))).toBe(
      "it is retired, but 2 of its bridges still take calls, and nothing drains what is no longer declared; bring " +
        "accounts/acme/pools/old.yaml back, set draining: to its size, deploy bridges-acme-old, and retire it when " +
        "their calls have ended",
    );
    pool(true, true);
    expect(plan(fleetRetiring("bridges-acme-old")).refusals).toEqual([]);
  });

  it("goes ahead when the protection was lifted", () => {
    const lifted = { lifecycle: { prevent_destroy: false }, deletion_protection: false };
    written("customer-old", { resource: { google_compute_disk: { data: lifted } } });
    expect(plan(fleetRetiring("customer-old")).refusals).toEqual([]);
  });

  it("refuses the wrong account: its plan would see an empty state, and destroy nothing", () => {
    written("customer-old", { bucket: "globex-terraform", resource: RESOURCES });
    expect(refusal("customer-old", fleetRetiring("customer-old"))).toBe(
      "accounts/acme/account.yaml retires it, but its state is in bucket globex-terraform, not in " +
        "acme-meet-prod-terraform; list it under retired: of the account that it belongs to",
    );
  });
});

describe("removeLeftovers", () => {
  it("removes what is empty and asked for by nobody, and says so", () => {
    written("customer-old");
    mkdirSync(join(outdir, "stacks", "interrupted"));
    written("customer-abc", { resource: RESOURCES });
    const output = plan();
    expect(output.refusals).toEqual([]);
    expect(removeLeftovers(output)).toEqual(
      ["customer-old", "interrupted"].map(
        (id) =>
          `${join(outdir, "stacks", id)}: removed, because nothing asks for it and it declared no resource any more; ` +
          `if ${id} was never deployed like that, what it ran still runs: bring the directory back and deploy it`,
      ),
    );
    expect(existsSync(join(outdir, "stacks", "customer-old"))).toBe(false);
    expect(existsSync(join(outdir, "stacks", "customer-abc"))).toBe(true);
  });
});
