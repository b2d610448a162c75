import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadFleetFrom } from "../../config/load-fleet";
import { accountFiles, MODELINES } from "../builders/account-files";

const page = readFileSync(join(__dirname, "../../docs/the-page-of-a-customer.md"), "utf8");
const block = (language: string): string => new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "s").exec(page)![1]!;

describe("docs/the-page-of-a-customer.md", () => {
  it("shows files that load", () => {
    const customer = "accounts/acme/customers/abc";
    const loaded = loadFleetFrom(
      accountFiles({
        [`${customer}.yaml`]: `${MODELINES.customer}server: { cloud: gcp, zone: europe-west4-a }\n${block("yaml")}`,
        [`${customer}/web/config.js`]: block("js"),
        [`${customer}/web/branding/branding.json`]: block("json"),
      }),
    );
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    const { language, webFiles, participantRegion } = loaded.fleet.customers[0]!;
    expect([language, [...webFiles.keys()]]).toEqual(["de", ["branding/branding.json", "config.js"]]);
    expect(participantRegion?.header?.values).toEqual({ EU: "gcp-europe-west4", US: "gcp-us-east1" });
  });
});
