import { readSoon } from "../../../keeper/clients/read-soon";
import { AMPLE_SECONDS, PretendedPool } from "../../builders/pretended-pool";

let pool: PretendedPool;
beforeEach(async () => {
  pool = await PretendedPool.start();
});
afterEach(() => {
  jest.restoreAllMocks();
  return pool.stop();
});

const read = (timeoutSeconds = AMPLE_SECONDS) =>
  readSoon({ url: `${pool.url}/jicofo/debug`, timeoutSeconds });

describe("readSoon", () => {
  it.each([[503], ["cut"], ["late"]] as const)("tries again after %p", async (fault) => {
    pool.faults.push({ at: /debug/, with: fault, times: 2 });
    expect(await read()).toMatchObject({ status: 200 });
    expect(pool.asked).toHaveLength(3);
  });

  it("gives up after three tries", async () => {
    pool.faults.push({ at: /debug/, with: 503 });
    await expect(read()).rejects.toThrow("HTTP status 503");
    expect(pool.asked).toHaveLength(3);
  });

  it.each([
    ["a refusal", 404, AMPLE_SECONDS, "HTTP status 404"],
    ["time that is over", "hang", 0.1, "no answer in time"],
  ] as const)("does not try again after %s", async (_, fault, seconds, problem) => {
    pool.faults.push({ at: /debug/, with: fault });
    const asked = jest.spyOn(globalThis, "fetch");
    await expect(read(seconds)).rejects.toThrow(problem);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it("asks once where nobody listens", async () => {
    const asked = jest.spyOn(globalThis, "fetch");
    const url = `http://127.0.200.1:${pool.bridgePort}/`;
    await expect(readSoon({ url, timeoutSeconds: AMPLE_SECONDS })).rejects.toMatchObject({ isNobody: true });
    expect(asked).toHaveBeenCalledTimes(1);
  });
});
