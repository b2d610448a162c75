import { StackLines } from "../../../cli/deploy/stack-lines";

describe("StackLines", () => {
  it("puts the stack's name before each line of cdktf's, and leaves out what is drawn anew all the time", () => {
    const lines = new StackLines(["customer-abc", "customer-abc-two"]);
    const read = [
      "⠋  Starting",
      "1 Stack deploying     0 Stacks done     1 Stack waiting",
      "\u001b[2K\u001b[1A\u001b[Gcustomer-abc  \u001b[1mgoogle_compute_address.address: Creating...\u001b[0m",
      "              google_compute_disk.data: Creating...",
      "",
      "customer-abc-two  Apply complete! Resources: 1 added, 0 changed, 0 destroyed.",
      "  customer-abc",
      'server-address = "203.0.113.1"',
    ].map((line) => lines.read(line));
    expect(read.filter((line) => line !== undefined)).toEqual([
      "customer-abc  google_compute_address.address: Creating...",
      "customer-abc  google_compute_disk.data: Creating...",
      "customer-abc-two  Apply complete! Resources: 1 added, 0 changed, 0 destroyed.",
      'customer-abc  server-address = "203.0.113.1"',
    ]);
  });
});
