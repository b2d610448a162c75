import { allowedOriginsSchema } from "../../../model/schema/allowed-origins";

const accepts = (origin: string) => allowedOriginsSchema.safeParse([origin]).success;

describe("an allowed origin", () => {
  it.each([
    "*",
    "https://app.example",
    "https://app.example:8443",
    "https://localhost",
    "http://localhost:3000",
    "http://127.0.0.1",
    "capacitor://localhost",
    "chrome-extension://abcdefgh",
  ])("may be %s", (origin) => expect(accepts(origin)).toBe(true));

  it.each([
    "",
    "null",
    "app.example",
    "https://",
    "https://app.example/",
    "https://app.example/path",
    "https://app.example:443",
    "http://localhost:80",
    "http://app.example",
    "https://App.example",
    "https://*.example",
    "https://app.example:0",
    'https://app.example"',
    "https://app.example$x",
    "https://app.example\n",
    "https://a b",
  ])("may not be %j", (origin) => expect(accepts(origin)).toBe(false));
});
