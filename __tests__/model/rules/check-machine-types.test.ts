import { checkMachineTypes } from "../../../model/rules/check-machine-types";
import { aCustomer, aGcpPool, aLinodePool } from "../../builders/fleet";
import { findings } from "../../builders/findings";

describe("checkMachineTypes", () => {
  it("refuses unknown types of servers and bridges", () => {
    const customers = [aCustomer({ server: { ...aCustomer().server, machineType: "n2-standart-4" } })];
    const pools = [aGcpPool({ machineType: "n2-standard-5" }), aLinodePool({ type: "g6-dedicted-4" })];
    const allowed = (extra: string) =>
      `allowed: those of the catalogue and of catalog.extra.${extra} in accounts/defaults.yaml; did you mean`;
    expect(findings(checkMachineTypes, { customers, pools })).toEqual([
      'customer acme/abc server.machineType: "n2-standart-4" is not a known Google Cloud machine type; ' +
        `${allowed("gcpMachineTypes")} "n2-standard-4"?`,
      'pool acme/eu-burst machineType: "n2-standard-5" is not a known Google Cloud machine type; ' +
        `${allowed("gcpMachineTypes")} "n2-standard-2"?`,
      'pool acme/nl-static type: "g6-dedicted-4" is not a known Linode type; ' +
        `${allowed("linodeTypes")} "g6-dedicated-4"?`,
    ]);
  });

  it("accepts types of the catalogue", () => {
    expect(findings(checkMachineTypes, {})).toEqual([]);
  });
});
