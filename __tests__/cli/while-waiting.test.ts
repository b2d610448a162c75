import { setTimeout as sleep } from "node:timers/promises";
import { whileWaiting } from "../../cli/while-waiting";

describe("whileWaiting", () => {
  let err: string;
  beforeEach(() => (err = ""));
  const terminal = {
    out: () => undefined,
    err: (text: string) => (err += text),
    errIsScreen: true,
  };

  it("shows what is waited for, and takes it off the screen", async () => {
    const shown = new Promise<void>((resolve) => {
      const look = setInterval(() => {
        if (!err.includes("Asking …")) return;
        clearInterval(look);
        resolve();
      }, 20);
    });
    const work = () => shown.then(() => "answer");
    expect(await whileWaiting(terminal, "Asking …", work)).toBe("answer");
    expect(err).toMatch(/^(?:\r\u001b\[KAsking …)+\r\u001b\[K$/);
  });

  it("shows nothing of what is quick, and passes on why it failed", async () => {
    await expect(
      whileWaiting(terminal, "Asking …", async () => {
        await sleep(1);
        throw new Error("refused");
      }),
    ).rejects.toThrow("refused");
    expect(err).toBe("");
  });
});
