import { createColors } from "picocolors";
import { table, wrapped } from "../../cli/table";

const paint = createColors(false);

describe("table", () => {
  it("wraps the last column under itself", () =>
    expect(table(["pool", "serves"], [["acme/eu", "abc, def, ghi, jkl, mno"]], { width: 27, paint })).toEqual(
      ["pool     serves", "acme/eu  abc, def, ghi,", "         jkl, mno"],
    ));

  it("makes the head bold on a screen", () =>
    expect(table(["a"], [["b"]], { width: 10, paint: createColors(true) })[0]).toBe("\u001b[1ma\u001b[22m"));
});

describe("wrapped", () => {
  it("gives a word that is too long a line of its own", () =>
    expect(wrapped("a customer-with-a-long-id b", 10)).toEqual(["a", "customer-with-a-long-id", "b"]));
});
