import { openedHeadline } from "../../../cli/review/opened-words";
import { aStackReview } from "../../builders/review-result";

const opening = (port: string, from = "0.0.0.0/0") => ({ port, from, isPublic: from === "0.0.0.0/0" });

describe("openedHeadline", () => {
  it("names each port that faces the world now, and whose it is", () =>
    expect(
      openedHeadline([
        aStackReview({ opened: [opening("udp 10000"), opening("tcp 8443")] }),
        aStackReview({ stack: "customer-xyz", opened: [opening("tcp 8443")] }),
      ]),
    ).toBe(
      "**Opened to the whole internet: udp 10000 (`customer-abc`); tcp 8443 (`customer-abc`, `customer-xyz`).**",
    ));

  it("counts the stacks that it does not name", () => {
    const stacks = Array.from({ length: 9 }, (_, index) =>
      aStackReview({ stack: `customer-${index}`, opened: [opening("tcp 8443")] }),
    );
    expect(openedHeadline(stacks)).toMatch(/\(`customer-0`, `customer-1`, `customer-2` and 6 more\)\.\*\*$/);
  });

  it("has nothing to say of one network, nor of what a new stack opens", () => {
    expect(openedHeadline([aStackReview({ opened: [opening("tcp 22", "192.0.2.0/24")] })])).toBeUndefined();
    expect(openedHeadline([aStackReview({ change: "added", opened: [opening("tcp 443")] })])).toBeUndefined();
  });
});
