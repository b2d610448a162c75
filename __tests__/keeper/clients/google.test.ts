import { AccessTokens } from "../../../keeper/clients/access-tokens";
import { Google } from "../../../keeper/clients/google";
import { SetClock } from "../../builders/keeper-under-test";
import { AMPLE_SECONDS, BUCKET, PretendedPool } from "../../builders/pretended-pool";

let pool: PretendedPool;
let clock: SetClock;
let tokens: AccessTokens;
beforeEach(async () => {
  pool = await PretendedPool.start();
  clock = new SetClock();
  tokens = new AccessTokens(pool.url, clock);
});
afterEach(() => pool.stop());

const asksForTokens = () => pool.asked.filter(({ path }) => path.endsWith("/token")).length;

describe("AccessTokens", () => {
  it("keeps a token until shortly before it expires", async () => {
    expect(await tokens.get(AMPLE_SECONDS)).toBe("ya29.token-1");
    clock.pass(3599 - 226);
    expect(await tokens.get(AMPLE_SECONDS)).toBe("ya29.token-1");
    clock.pass(2);
    expect(await tokens.get(AMPLE_SECONDS)).toBe("ya29.token-2");
  });

  it("keeps a short-lived one for half of its life", async () => {
    pool.tokenSeconds = 10;
    await tokens.get(AMPLE_SECONDS);
    clock.pass(4.9);
    expect(await tokens.get(AMPLE_SECONDS)).toBe("ya29.token-1");
    clock.pass(0.2);
    expect(await tokens.get(AMPLE_SECONDS)).toBe("ya29.token-2");
  });

  it("asks once for all who want one at the same time", async () => {
    await Promise.all([tokens.get(AMPLE_SECONDS), tokens.get(AMPLE_SECONDS), tokens.get(AMPLE_SECONDS)]);
    expect(asksForTokens()).toBe(1);
  });

  it("asks again after a problem, and never tells what it was answered", async () => {
    pool.tokenSeconds = -1;
    await expect(tokens.get(AMPLE_SECONDS)).rejects.toThrow(
      /^the metadata server answers with something that is no token$/,
    );
    pool.faults.push({ at: /token/, with: 500, times: 1 });
    await expect(tokens.get(AMPLE_SECONDS)).rejects.toThrow(/HTTP status 500/);
    pool.tokenSeconds = 60;
    expect(await tokens.get(AMPLE_SECONDS)).toMatch(/^ya29/);
  });
});

describe("Google", () => {
  const object = () => ({ url: `${pool.url}/storage/v1/b/${BUCKET}/o/a?alt=media` });
  const patience = () => ({
    deadline: clock.monotonic() + 15,
    requestSeconds: AMPLE_SECONDS,
    monotonic: clock.monotonic,
    stopping: new AbortController().signal,
  });

  it("brings a token, and a new one when Google takes the old one no more", async () => {
    pool.store("a", "text");
    const google = new Google(tokens);
    expect(await google.call(object(), patience())).toMatchObject({ text: "text" });
    pool.revokeTokens();
    expect(await google.call(object(), patience())).toMatchObject({ text: "text" });
    expect(asksForTokens()).toBe(2);
  });

  it("ends when Google takes no token at all", async () => {
    pool.faults.push({ at: /storage/, with: 401 });
    await expect(new Google(tokens).call(object(), patience())).rejects.toMatchObject({ status: 401 });
    expect(pool.asked.filter(({ path }) => path.startsWith("/storage"))).toHaveLength(2);
  });

  it.each([["no JSON"], ["[1]"]])("refuses %p where an object is due", async (text) => {
    pool.store("a", text);
    await expect(new Google(tokens).json(object(), patience())).rejects.toThrow(
      "an answer that is no JSON object",
    );
  });
});
