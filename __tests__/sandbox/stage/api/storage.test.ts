import { steady } from "../../../../sandbox/stage/demand";
import { Stage } from "../../../../sandbox/stage/stage";
import { GoogleCaller } from "../../../builders/google-caller";
import { aStagedPool } from "../../../builders/staged-pool";

const OBJECT = "/storage/v1/b/acme/o/keeper%2Facme-eu-burst%2Fstate.json";
const UPLOAD = "/upload/storage/v1/b/acme/o?uploadType=media&name=keeper%2Facme-eu-burst%2Fstate.json";

const stages: Stage[] = [];
afterEach(() => stages.splice(0).forEach((stage) => stage.close()));

const LIST = "storage.objects.list";

async function storage(...lacking: string[]) {
  const permissions = [...aStagedPool().permissions, LIST].filter((each) => !lacking.includes(each));
  const pool = aStagedPool({}, { permissions });
  const stage = new Stage({ pool, bucket: "acme", demand: steady(0), speed: 1 });
  stages.push(stage);
  const google = await GoogleCaller.at(await stage.open("keeper"));
  const put = async (body: object, condition = "") => {
    const { status, json } = await google.call("POST", UPLOAD + condition, body);
    return { status, generation: (json as { generation?: string }).generation };
  };
  return { google, put, stage };
}

describe("Cloud Storage on the stage", () => {
  it("keeps an object, and gives it back with its generation", async () => {
    const { google, put } = await storage();
    const { generation } = await put({ beat: 1 });
    const content = await google.call("GET", `${OBJECT}?alt=media`);
    expect([content.json, content.headers.get("x-goog-generation")]).toEqual([{ beat: 1 }, generation]);
    const { json } = await google.call("GET", OBJECT);
    expect(json).toMatchObject({ name: "keeper/acme-eu-burst/state.json", generation, size: "10" });
  });

  it("writes on a condition: nothing there, or this very generation; 412 otherwise", async () => {
    const { put } = await storage();
    const first = await put({ beat: 1 }, "&ifGenerationMatch=0");
    expect(first.status).toBe(200);
    expect((await put({ beat: 2 }, "&ifGenerationMatch=0")).status).toBe(412);
    const second = await put({ beat: 2 }, `&ifGenerationMatch=${first.generation}`);
    expect(second.status).toBe(200);
    expect((await put({ beat: 3 }, `&ifGenerationMatch=${first.generation}`)).status).toBe(412);
    expect(second.generation).not.toBe(first.generation);
  });

  it("answers a read on a condition: 304 for what is known, 412 for what is no longer so", async () => {
    const { google, put } = await storage();
    const { generation } = await put({ beat: 1 });
    expect((await google.call("GET", `${OBJECT}?ifGenerationNotMatch=${generation}`)).status).toBe(304);
    expect((await google.call("GET", `${OBJECT}?alt=media&ifGenerationMatch=1`)).status).toBe(412);
    expect((await google.call("GET", `${OBJECT}?ifGenerationMatch=first`)).status).toBe(400);
  });

  it("takes a multipart upload", async () => {
    const { google } = await storage();
    const body = [
      "--cut",
      "Content-Type: application/json",
      "",
      '{"name":"keeper/acme-eu-burst/state.json"}',
      "--cut",
      "Content-Type: application/json",
      "",
      '{"beat":7,"by":"Zoë"}',
      "--cut--",
      "",
    ].join("\r\n");
    const path = "/upload/storage/v1/b/acme/o?uploadType=multipart";
    expect((await google.call("POST", path, body, 'multipart/related; boundary="cut"')).status).toBe(200);
    expect((await google.call("GET", `${OBJECT}?alt=media`)).json).toEqual({ beat: 7, by: "Zoë" });
  });

  it("deletes on a condition", async () => {
    const { google, put } = await storage();
    const { generation } = await put({ beat: 1 });
    expect((await google.call("DELETE", `${OBJECT}?ifGenerationMatch=1`)).status).toBe(412);
    expect((await google.call("DELETE", `${OBJECT}?ifGenerationMatch=${generation}`)).status).toBe(204);
    expect((await google.call("GET", OBJECT)).status).toBe(404);
  });

  it("does not tell who may not list what is not there", async () => {
    expect((await (await storage()).google.call("GET", OBJECT)).status).toBe(404);
    const { google, put } = await storage(LIST);
    expect((await google.call("GET", OBJECT)).status).toBe(403);
    await put({ beat: 1 });
    expect((await google.call("GET", OBJECT)).status).toBe(200);
  });

  it("needs the right to delete for what it overwrites", async () => {
    const { put } = await storage("storage.objects.delete");
    expect((await put({ beat: 1 })).status).toBe(200);
    expect((await put({ beat: 2 })).status).toBe(403);
  });

  it.each([
    ["another pool's", "keeper/acme-eu-burst-2/state.json"],
    ["no keeper's", "keeper/state.json"],
    ["another folder's", "files/keeper/acme-eu-burst/state.json"],
  ])("refuses a keeper an object that is %s, there or not", async (_, name) => {
    const { google, stage } = await storage();
    const [object, upload] = [
      `/storage/v1/b/acme/o/${encodeURIComponent(name)}`,
      `/upload/storage/v1/b/acme/o?uploadType=media&name=${encodeURIComponent(name)}`,
    ];
    const statuses = async () => [
      (await google.call("GET", object)).status,
      (await google.call("POST", upload, { beat: 1 })).status,
      (await google.call("DELETE", object)).status,
    ];
    expect(await statuses()).toEqual([403, 403, 403]);
    const { generation } = stage.bucket.insert(name, "application/json", Buffer.from("{}"));
    expect(await statuses()).toEqual([403, 403, 403]);
    expect(stage.bucket.get(name)?.generation).toBe(generation);
  });

  it("lets a keeper read programs, and write none", async () => {
    const { google, stage } = await storage();
    stage.bucket.insert("programs/keeper-1.mjs", "text/javascript", Buffer.from("1"));
    const object = "/storage/v1/b/acme/o/programs%2Fkeeper-1.mjs";
    expect((await google.call("GET", `${object}?alt=media`)).text).toBe("1");
    const upload = "/upload/storage/v1/b/acme/o?uploadType=media&name=programs%2Fkeeper-1.mjs";
    expect((await google.call("POST", upload, "2")).status).toBe(403);
    expect((await google.call("DELETE", object)).status).toBe(403);
  });

  it("knows one bucket", async () => {
    const { google } = await storage();
    expect((await google.call("GET", "/storage/v1/b/other/o/a")).status).toBe(404);
  });
});
