import { Progress } from "../../cli/progress";

describe("Progress", () => {
  let [now, err] = [0, ""];
  const progress = (errIsScreen: boolean): Progress => {
    [now, err] = [0, ""];
    const terminal = {
      out: () => undefined,
      err: (text: string) => void (err += text),
      errIsScreen,
      columns: 30,
    };
    return new Progress(terminal, () => now);
  };

  it("shows one line from one second on, cut to the screen, and takes it away", () => {
    const shown = progress(true);
    shown.show("at once");
    shown.clear();
    expect(err).toBe("");
    now = 1000;
    shown.show("planning customer-abc of 20 stacks");
    expect(err).toBe("\r\u001b[Kplanning customer-abc of 20 s");
    shown.clear();
    shown.clear();
    expect(err).toBe("\r\u001b[Kplanning customer-abc of 20 s\r\u001b[K");
  });

  it("writes nothing where there is no screen", () => {
    const shown = progress(false);
    now = 5000;
    shown.show("planning");
    shown.clear();
    expect(err).toBe("");
  });
});
