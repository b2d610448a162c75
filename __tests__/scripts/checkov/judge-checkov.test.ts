import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ANSWERS, CHECKOV_VERSION } from "../../../scripts/checkov/answers";
import { checkovFiles } from "../../../scripts/checkov/checkov-files";
import { renderCheckovPage } from "../../../scripts/checkov/checkov-page";
import { judgeCheckov } from "../../../scripts/checkov/judge-checkov";

const failed = (check_id: string, address: string, stack = "customer-abc") => ({
  check_id,
  check_name: "Ensure it",
  file_path: `/${stack}/${address}.tf.json`,
});
const report = (...failed_checks: ReturnType<typeof failed>[]) => ({
  results: { failed_checks },
  summary: { passed: 10, parsing_errors: 0 },
});
const addresses = ["google_compute_network.network"];
const answers = [{ check: "CKV_1", on: "google_compute_subnetwork.subnet-*", reason: "it is right" }];

describe("judgeCheckov", () => {
  it("takes an answered finding for answered", () =>
    expect(
      judgeCheckov(report(failed("CKV_1", "google_compute_subnetwork.subnet-eu")), answers, addresses),
    ).toEqual({
      open: [],
      answered: 1,
      passed: 10,
      outdated: [],
      unused: [],
    }));

  it.each([
    ["another check", failed("CKV_2", "google_compute_subnetwork.subnet-eu")],
    ["another resource", failed("CKV_1", "google_compute_subnetwork.other")],
    ["another type", failed("CKV_1", "google_compute_network.subnet-eu")],
  ])("leaves %s open, and names the answer that is about nothing", (_, finding) => {
    const { open, unused } = judgeCheckov(report(finding), answers, addresses);
    expect(open).toEqual([
      `${finding.file_path.slice(1).replace(".tf.json", "")}  ${finding.check_id}: Ensure it`,
    ]);
    expect(unused).toEqual(answers);
  });

  it("names an answer to what is mended, but not one about what is not there", () => {
    const there = "google_compute_subnetwork.subnet-us";
    expect(judgeCheckov(report(), answers, [...addresses, there])).toMatchObject({
      outdated: answers,
      unused: [],
    });
    expect(judgeCheckov(report(), answers, addresses)).toMatchObject({ outdated: [], unused: answers });
  });

  it.each([
    { ...report(), summary: { passed: 10, parsing_errors: 1 } },
    { ...report(), summary: { passed: 0, parsing_errors: 0 } },
    {}, // what it prints of an empty folder
  ])("does not take files that were not read for good ones: %p", (read) =>
    expect(() => judgeCheckov(read, answers, addresses)).toThrow("Checkov read nothing of"),
  );
});

describe("checkovFiles", () => {
  it("has a file per resource, without Terraform's own settings", () => {
    const files = checkovFiles({
      terraform: { required_version: ">= 1.11" },
      provider: { google: [{}] },
      resource: { google_compute_network: { network: { name: "acme" } } },
    });
    expect([...files].map(([file, text]) => [file, JSON.parse(text)])).toEqual([
      [
        "google_compute_network.network.tf.json",
        { resource: { google_compute_network: { network: { name: "acme" } } } },
      ],
      ["others.tf.json", { provider: { google: [{}] } }],
    ]);
  });
});

describe("what Checkov brings", () => {
  const text = readFileSync(join(__dirname, "../../../scripts/checkov/requirements.txt"), "utf8");

  it("is named exactly, each file by its hash", () => {
    const packages = text.replace(/^#.*\n/gm, "").split(/\n(?=\S)/);
    expect(packages.length).toBeGreaterThan(50);
    for (const each of packages) {
      expect(each).toMatch(
        /^[a-z0-9-]+(?:\[[a-z]+\])?==[\w.]+(?: ; [^\n]+)? \\\n {4}--hash=sha256:[0-9a-f]{64}/,
      );
    }
  });

  it("has the version that is said", () =>
    expect(text).toMatch(new RegExp(`^checkov==${CHECKOV_VERSION} `, "m")));
});

describe("the answers to Checkov", () => {
  it("are each about one type and say why", () => {
    for (const { on, reason } of ANSWERS) {
      expect(on).toMatch(/^[a-z_]+\.[a-z*-]+$/);
      expect(reason).toMatch(/^.{40,}\.$/);
    }
  });

  it("are the page", () =>
    expect(readFileSync(join(__dirname, "../../../docs/checkov.md"), "utf8")).toBe(
      renderCheckovPage(ANSWERS),
    ));
});
