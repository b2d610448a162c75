import { isInForce, ordersAt, parseOrders } from "../../keeper/orders";
import { ordersIn } from "../../keeper/pool-store";

const at = "2026-11-30T10:00:00Z";
const pause = (overrides: object = {}) => ({
  by: "ops@acme.example",
  at,
  until: null,
  reason: null,
  ...overrides,
});

describe("parseOrders", () => {
  it("reads what fleet keeper writes, and nothing else of it", () => {
    const orders = {
      paused: pause({ reason: "all-hands" }),
      drain: [{ bridge: "a", by: "ops@acme.example", at }],
    };
    expect(parseOrders(JSON.stringify({ ...orders, more: 1 }))).toEqual(orders);
  });

  it.each([
    ["{", "it is no JSON"],
    ["[]", "it is no JSON object"],
    ['{"drain":[]}', "paused is neither null nor an order"],
    ['{"paused":true,"drain":[]}', "paused is neither null nor an order"],
    [
      JSON.stringify({ paused: pause({ until: "tomorrow" }), drain: [] }),
      "paused is neither null nor an order",
    ],
    ['{"paused":null}', "drain is no list of orders"],
    ['{"paused":null,"drain":["a"]}', "drain is no list of orders"],
    [
      `{"paused":null,"drain":[{"bridge":1,"by":"ops@acme.example","at":"${at}"}]}`,
      "drain is no list of orders",
    ],
  ])("refuses %s", (text, why) => {
    expect(parseOrders(text)).toBe(why);
  });
});

describe("ordersAt", () => {
  const until = "2026-11-30T12:00:00Z";

  it.each([
    ["without an end", pause(), at, true],
    ["before its end", pause({ until }), "2026-11-30T11:59:59Z", true],
    ["at its end", pause({ until }), until, false],
  ])("a pause %s", (_, paused, iso, isPaused) => {
    const wall = Date.parse(iso) / 1000;
    expect(ordersAt({ paused, drain: [] }, wall)).toEqual({ paused: isPaused, drain: [] });
    expect(isInForce(null, wall)).toBe(false);
  });
});

describe("ordersIn", () => {
  const missing = { text: undefined, isRefused: false };
  const refused = { text: undefined, isRefused: true };
  const none = { paused: null, drain: [] };

  it("takes no object for no orders", () => {
    expect(ordersIn(missing, missing)).toEqual(none);
  });

  it("takes a refused one for none where the state may be read, and for unknown where it may not", () => {
    expect(ordersIn(refused, { isRefused: false })).toEqual(none);
    expect(ordersIn(refused, refused)).toBe("orders.json cannot be read: Cloud Storage refuses it");
  });
});
