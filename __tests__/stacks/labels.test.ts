import { labelsOf, tagsOf } from "../../stacks/labels";
import { anAccount } from "../builders/fleet";

const account = anAccount({ labels: { team: "video", owner: "acme" } });

describe("labelsOf", () => {
  it("joins the account's, the entity's and our own labels, sorted", () => {
    const labels = labelsOf(account, { tier: "gold" }, { role: "server", customer: "abc" });
    expect(Object.entries(labels)).toEqual([
      ["fleet-account", "acme"],
      ["fleet-customer", "abc"],
      ["fleet-role", "server"],
      ["owner", "acme"],
      ["team", "video"],
      ["tier", "gold"],
    ]);
  });

  it("lets the entity win over its account, and nobody over us", () => {
    const labels = labelsOf(account, { owner: "abc", "fleet-role": "x" }, { role: "bridge", pool: "eu" });
    expect(labels).toMatchObject({ owner: "abc", "fleet-role": "bridge", "fleet-pool": "eu" });
  });

  it("says which release a machine runs, in characters that a label takes", () => {
    const purpose = { role: "bridge", pool: "eu", release: "Stable-1.2" } as const;
    expect(Object.entries(labelsOf(anAccount({ labels: {} }), {}, purpose))).toEqual([
      ["fleet-account", "acme"],
      ["fleet-pool", "eu"],
      ["fleet-release", "stable-1_2"],
      ["fleet-role", "bridge"],
    ]);
  });

  it("does not depend on the order of the file", () => {
    const other = anAccount({ labels: { owner: "acme", team: "video" } });
    const purpose = { role: "account" } as const;
    expect(JSON.stringify(labelsOf(other, {}, purpose))).toBe(JSON.stringify(labelsOf(account, {}, purpose)));
  });
});

describe("tagsOf", () => {
  it("writes labels as Linode tags", () => {
    expect(tagsOf({ "fleet-role": "bridge", owner: "acme" })).toEqual(["fleet-role:bridge", "owner:acme"]);
  });
});
