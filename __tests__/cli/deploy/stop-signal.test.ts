import { StopSignal } from "../../../cli/deploy/stop-signal";

describe("StopSignal", () => {
  it("keeps the program's own listener from ending it, says so once, ends waits, and gives the listener back", async () => {
    const heard: string[] = [];
    const own = (): void => void heard.push("the program ends");
    process.on("SIGINT", own);
    const stop = new StopSignal(() => heard.push("stopped"));
    try {
      expect(await stop.orStopped(Promise.resolve("in time"))).toBe("in time");
      const wait = stop.orStopped(new Promise(() => undefined));
      process.emit("SIGINT");
      process.emit("SIGINT");
      expect(await wait).toBeUndefined();
      expect({ isSet: stop.isSet, heard }).toEqual({ isSet: true, heard: ["stopped"] });
    } finally {
      stop.close();
    }
    process.emit("SIGINT");
    process.off("SIGINT", own);
    expect(heard).toEqual(["stopped", "the program ends"]);
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("hears %s, and none of it after its end", (signal) => {
    const before = process.listenerCount(signal);
    let heard = 0;
    const stop = new StopSignal(() => heard++);
    process.emit(signal);
    stop.close();
    expect({ heard, left: process.listenerCount(signal) }).toEqual({ heard: 1, left: before });
  });
});
