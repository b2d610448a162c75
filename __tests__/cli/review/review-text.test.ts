import pc from "picocolors";
import { reviewText } from "../../../cli/review/review-text";
import { aReview, aStackReview } from "../../builders/review-result";

const plain = { width: 90, paint: pc.createColors(false) };

describe("reviewText", () => {
  it("has the verdict first, a table, and each stack with its plan and its files", () => {
    const opened = [{ port: "udp 10000", from: "0.0.0.0/0", isPublic: true }];
    expect(reviewText(aReview([aStackReview({ opened })]), plain)).toMatchInlineSnapshot(`
      "moves calls
      1 stack changes, and is above what is allowed (new calls only): callers are invited anew:
      some seconds of black video.

      stack         callers notice  Terraform
      customer-abc  moves calls     1 to change

      What to do instead
        Choose a quiet hour. (customer-abc)

      Opened to the outside
        customer-abc  udp 10000 from 0.0.0.0/0, the whole internet

      customer-abc  moves calls
        moves calls: Jicofo starts anew (/etc/fleet/jicofo.env)
        ~ google_compute_instance.server
            metadata.fleet-files: the files below
        files/server/etc/fleet/jicofo.env
        -A=1
        +A=2

      Compared with origin/main at 1a2b3c4d5e6f; 9 other stacks are the same.
      "
    `);
  });

  it("is one sentence where nothing changes", () => {
    expect(reviewText(aReview([]), plain)).toBe(
      "Nothing differs from the base: nothing would be deployed.\n\n" +
        "Compared with origin/main at 1a2b3c4d5e6f; 9 other stacks are the same.\n",
    );
  });
});
