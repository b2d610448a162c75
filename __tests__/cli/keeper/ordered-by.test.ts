import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { orderedBy } from "../../../cli/keeper/ordered-by";

const ME = `${userInfo().username} at ${hostname()}`;
const folder = mkdtempSync(join(tmpdir(), "fleet-ordered-by-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("orderedBy", () => {
  it.each([
    ["a service account", { type: "service_account", client_email: "ci@acme.example" }, "ci@acme.example"],
    [
      "a person whose account gcloud noted",
      { type: "authorized_user", account: "ops@acme.example" },
      "ops@acme.example",
    ],
    ["a person whose account it did not", { type: "authorized_user", account: "" }, ME],
  ])("names %s", (_, credentials, who) => {
    const path = join(folder, "credentials.json");
    writeFileSync(path, JSON.stringify(credentials));
    expect(orderedBy({ GOOGLE_APPLICATION_CREDENTIALS: path, PATH: folder })).toBe(who);
  });

  it("names the user of this machine where a token is given, which does not say whose it is, or nothing is", () => {
    expect(orderedBy({ GOOGLE_OAUTH_ACCESS_TOKEN: "given", PATH: folder })).toBe(ME);
    expect(orderedBy({ PATH: folder })).toBe(ME);
  });
});
