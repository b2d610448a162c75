import { renderServerFiles } from "../../render/server/server-files";
import { otherCertificates } from "../../review/other-certificates";
import { aCustomer } from "../builders/fleet";
import { aServerInput } from "../builders/machine-input";

const withAcme = (acme: "production" | "staging") =>
  new Map([...renderServerFiles(aServerInput({ customer: aCustomer({ acme }) }))]);

describe("otherCertificates", () => {
  it("takes a trial on a server that people call for what it is, and its end for nothing", () => {
    const [real, trial] = [withAcme("production"), withAcme("staging")];
    expect(otherCertificates(real, trial)).toMatchObject([
      { notice: "interrupts calls", at: ["/etc/fleet/web.env"] },
    ]);
    for (const [before, after] of [
      [trial, real],
      [trial, trial],
      [real, real],
    ] as const)
      expect(otherCertificates(before, after)).toEqual([]);
  });
});
