import { checkovFiles } from "../../../scripts/checkov/checkov-files";
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
const waivers = [
  {
    rule: "CKV_GCP_1",
    on: "google_compute_subnetwork.subnet-*",
    reason: "it is right here",
    owner: "platform@fleet.example",
    until: "2027-01-31",
  },
];

describe("judgeCheckov", () => {
  it("takes a waived finding for waived", () =>
    expect(
      judgeCheckov(report(failed("CKV_GCP_1", "google_compute_subnetwork.subnet-eu")), waivers, addresses),
    ).toEqual({
      open: [],
      waived: 1,
      passed: 10,
      outdated: [],
      unused: [],
    }));

  it.each([
    ["another check", failed("CKV_GCP_2", "google_compute_subnetwork.subnet-eu")],
    ["another resource", failed("CKV_GCP_1", "google_compute_subnetwork.other")],
    ["another type", failed("CKV_GCP_1", "google_compute_network.subnet-eu")],
  ])("leaves %s open, and names the waiver that is about nothing", (_, finding) => {
    const { open, unused } = judgeCheckov(report(finding), waivers, addresses);
    expect(open).toEqual([
      `${finding.file_path.slice(1).replace(".tf.json", "")}  ${finding.check_id}: Ensure it`,
    ]);
    expect(unused).toEqual(waivers);
  });

  it("names a waiver to what is mended, but not one about what is not there", () => {
    const there = "google_compute_subnetwork.subnet-us";
    expect(judgeCheckov(report(), waivers, [...addresses, there])).toMatchObject({
      outdated: waivers,
      unused: [],
    });
    expect(judgeCheckov(report(), waivers, addresses)).toMatchObject({ outdated: [], unused: waivers });
  });

  it.each([
    { ...report(), summary: { passed: 10, parsing_errors: 1 } },
    { ...report(), summary: { passed: 0, parsing_errors: 0 } },
    {}, // what it prints of an empty folder
  ])("does not take files that were not read for good ones: %p", (read) =>
    expect(() => judgeCheckov(read, waivers, addresses)).toThrow("Checkov read nothing of"),
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
