import { steady } from "../../../../sandbox/stage/demand";
import { Stage } from "../../../../sandbox/stage/stage";
import { GoogleCaller } from "../../../builders/google-caller";
import { aStagedPool } from "../../../builders/staged-pool";
import type { ErrorKind } from "../../../../sandbox/stage/api/planted-errors";

const NOTE = "keeper/acme-eu-burst/note";
const UPLOAD = `/upload/storage/v1/b/acme/o?uploadType=media&name=${encodeURIComponent(NOTE)}`;

const stages: Stage[] = [];
afterEach(() => stages.splice(0).forEach((stage) => stage.close()));

/** Every call goes wrong in this way. */
async function broken(...kinds: ErrorKind[]) {
  const stage = new Stage({ pool: aStagedPool(), bucket: "acme", demand: steady(0), speed: 100 });
  stages.push(stage);
  const google = await GoogleCaller.at(await stage.open("keeper"));
  stage.errors.plan = { share: 1, kinds, slowSeconds: 20 };
  return { stage, note: () => google.call("POST", UPLOAD, { beat: 1 }) };
}

describe("what goes wrong with a call to Google", () => {
  it.each(["500", "503"] as const)("%s: it is not done", async (kind) => {
    const { stage, note } = await broken(kind);
    expect((await note()).status).toBe(Number(kind));
    expect(stage.bucket.get(NOTE)).toBe(undefined);
  });

  it("429: it is not done, and the caller is told how long to wait", async () => {
    const { stage, note } = await broken("429");
    const { status, headers } = await note();
    expect([status, headers.get("retry-after")]).toEqual([429, "1"]);
    expect(stage.bucket.get(NOTE)).toBe(undefined);
  });

  it("a reset: it is not done, and nothing comes", async () => {
    const { stage, note } = await broken("reset");
    await expect(note()).rejects.toThrow(/fetch failed/);
    expect(stage.bucket.get(NOTE)).toBe(undefined);
  });

  it("half an answer: it is done, and the answer ends in its middle", async () => {
    const { stage, note } = await broken("half an answer");
    await expect(note()).rejects.toThrow(/terminated/);
    expect(stage.bucket.get(NOTE)).toBeDefined();
  });

  it("late errors: it is done, and the caller is told that it was not", async () => {
    const late = await broken("late 500");
    expect((await late.note()).status).toBe(500);
    expect(late.stage.bucket.get(NOTE)).toBeDefined();
    const reset = await broken("late reset");
    await expect(reset.note()).rejects.toThrow(/fetch failed/);
    expect(reset.stage.bucket.get(NOTE)).toBeDefined();
  });

  it("a slow answer: it is done at once, and told later", async () => {
    const { stage, note } = await broken("slow");
    const begun = performance.now();
    expect((await note()).status).toBe(200);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(195); // 20 seconds on the stage
    expect(stage.errors.planted.get("slow")).toBe(1);
  });
});
