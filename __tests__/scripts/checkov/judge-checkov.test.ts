import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ANSWERS } from "../../../scripts/checkov/answers";
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
const answers = [{ check: "CKV_1", on: "google_compute_subnetwork.subnet-*", reason: "it is right" }];

describe("judgeCheckov", () => {
  it("takes an answered finding for answered", () =>
    expect(judgeCheckov(report(failed("CKV_1", "google_compute_subnetwork.subnet-eu")), answers)).toEqual({
      open: [],
      answered: 1,
      passed: 10,
      unused: [],
    }));

  it.each([
    ["another check", failed("CKV_2", "google_compute_subnetwork.subnet-eu")],
    ["another resource", failed("CKV_1", "google_compute_subnetwork.other")],
    ["another type", failed("CKV_1", "google_compute_network.subnet-eu")],
  ])("leaves %s open, and names the answer that is about nothing", (_, finding) => {
    const { open, unused } = judgeCheckov(report(finding), answers);
    expect(open).toEqual([
      `${finding.file_path.slice(1).replace(".tf.json", "")}  ${finding.check_id}: Ensure it`,
    ]);
    expect(unused).toEqual(answers);
  });

  it.each([
    { passed: 10, parsing_errors: 1 },
    { passed: 0, parsing_errors: 0 },
  ])("does not take files that were not read for good ones: %p", (summary) =>
    expect(() => judgeCheckov({ ...report(), summary }, answers)).toThrow("Checkov read nothing of"),
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
