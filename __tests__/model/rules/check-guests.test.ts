import { checkGuests } from "../../../model/rules/check-guests";
import { aCustomer } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const meetings = aCustomer().meetings;

describe("checkGuests", () => {
  it.each([true, false])("refuses guests: %s while nobody has an account", (guests) => {
    expect(findings(checkGuests, { customers: [aCustomer({ meetings: { ...meetings, guests } })] })).toEqual([
      "customer acme/abc meetings.guests: has no effect: customers have no authentication yet, so everybody is a guest; " +
        "allowed: nothing until there is one; remove it",
    ]);
  });

  it("accepts other settings of calls", () => {
    const customers = [aCustomer({ meetings: { ...meetings, lobby: false, maxParticipants: 20 } })];
    expect(findings(checkGuests, { customers })).toEqual([]);
  });
});
