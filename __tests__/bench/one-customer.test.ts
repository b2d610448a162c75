import { describeOneCustomer, type OneCustomerRow } from "../../bench/one-customer";

const measured = { wallSeconds: 2, cpuSeconds: 2, peakMemoryMb: 160 };
const row = (customers: number, toSmallest: number, deployToSmallest: number): OneCustomerRow => ({
  customers,
  one: measured,
  full: measured,
  deploy: measured,
  toSmallest,
  toFull: 1,
  deployToSmallest,
});

describe("describeOneCustomer", () => {
  it("judges each size that has a goal", () => {
    const verdicts = describeOneCustomer([row(1, 1, 1), row(100, 1.13, 0.91), row(1000, 1.51, 1.5)]).slice(5);
    expect(verdicts.map((line) => line.replace(", wall time against the smallest repository", ""))).toEqual([
      "reached  synthesis of one customer of 100: 1.13 (goal: at most 1.5)",
      "reached  deploy of one customer of 100: 0.91 (goal: at most 1.5)",
      "MISSED   synthesis of one customer of 1000: 1.51 (goal: at most 1.5)",
      "reached  deploy of one customer of 1000: 1.50 (goal: at most 1.5)",
    ]);
  });

  it("judges no other", () => {
    expect(describeOneCustomer([row(1, 1, 1), row(10, 9, 9)])).toHaveLength(3);
  });
});
