import { RequestProblem } from "../../../keeper/clients/request";
import { withRetries } from "../../../keeper/clients/with-retries";

const monotonic = () => performance.now() / 1000;
const patience = (seconds: number, requestSeconds = 0.02) => ({
  deadline: monotonic() + seconds,
  requestSeconds,
  monotonic,
  stopping: new AbortController().signal,
});

/** An attempt that fails as told, and then succeeds. */
function failing(...problems: RequestProblem[]) {
  const given: number[] = [];
  const attempt = (timeoutSeconds: number): Promise<string> => {
    given.push(timeoutSeconds);
    const problem = problems.shift();
    return problem ? Promise.reject(problem) : Promise.resolve("done");
  };
  return { attempt, given };
}

describe("withRetries", () => {
  it.each([[undefined], [429], [500], [503]])("tries again after %p", async (status) => {
    const { attempt, given } = failing(
      new RequestProblem("away", status),
      new RequestProblem("away", status),
    );
    expect(await withRetries(patience(5), attempt)).toBe("done");
    expect(given).toHaveLength(3);
  });

  it.each([[400], [403], [404], [412]])("does not try again after %p", async (status) => {
    const { attempt, given } = failing(new RequestProblem("no", status));
    await expect(withRetries(patience(5), attempt)).rejects.toThrow("no");
    expect(given).toHaveLength(1);
  });

  it("gives each try what is left of the time", async () => {
    const { attempt, given } = failing();
    await withRetries(patience(50, 1000), attempt);
    expect(given[0]! > 0 && given[0]! <= 50).toBe(true);
  });

  it("ends with the last problem when the time is over", async () => {
    const away = Array.from({ length: 10 }, () => new RequestProblem("away", 503));
    const { attempt, given } = failing(...away);
    let now = 0;
    const waits = { ...patience(0), deadline: 2.5, monotonic: () => now };
    const slow = (seconds: number) => {
      now += 1;
      return attempt(seconds);
    };
    await expect(withRetries(waits, slow)).rejects.toThrow("away");
    expect(given).toHaveLength(3); // the third ends after the deadline
  });

  it("waits as long as the other side wants, and ends at once when that is too long", async () => {
    const soon = failing(new RequestProblem("busy", 429, 0.08));
    const begun = monotonic();
    expect(await withRetries(patience(5), soon.attempt)).toBe("done");
    expect(monotonic() - begun).toBeGreaterThanOrEqual(0.079);
    const late = failing(new RequestProblem("busy", 429, 3600));
    await expect(withRetries(patience(5), late.attempt)).rejects.toThrow("busy");
    expect(late.given).toHaveLength(1);
  });

  it("does not try again when the process is to end", async () => {
    const stopping = new AbortController();
    stopping.abort();
    const { attempt, given } = failing(new RequestProblem("away", 503));
    await expect(withRetries({ ...patience(5), stopping: stopping.signal }, attempt)).rejects.toThrow("away");
    expect(given).toHaveLength(1);
  });

  it("leaves mistakes of ours what they are", async () => {
    await expect(withRetries(patience(5), () => Promise.reject(new TypeError("ours")))).rejects.toThrow(
      "ours",
    );
  });
});
