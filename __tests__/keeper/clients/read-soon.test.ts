import { readSoon } from "../../../keeper/clients/read-soon";
import { PretendedPool } from "../../builders/pretended-pool";

let pool: PretendedPool;
beforeEach(async () => {
  pool = await PretendedPool.start();
});
afterEach(() => pool.stop());

const read = (timeoutSeconds = 0.5) => readSoon({ url: `${pool.url}/jicofo/debug`, timeoutSeconds });

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
    ["a refusal", 404, 1],
    ["time that is over", "hang", 1],
  ] as const)("does not try again after %s", async (_, fault, tries) => {
    pool.faults.push({ at: /debug/, with: fault });
    await expect(read(0.1)).rejects.toThrow(/404|no answer in time/);
    expect(pool.asked).toHaveLength(tries);
  });

  it("asks once where nobody listens", async () => {
    const begun = performance.now();
    const url = `http://127.0.200.1:${pool.bridgePort}/`;
    await expect(readSoon({ url, timeoutSeconds: 5 })).rejects.toMatchObject({
      isNobody: true,
    });
    expect(performance.now() - begun).toBeLessThan(450); // before the pause would be over
  });
});
