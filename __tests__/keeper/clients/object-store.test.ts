import { ObjectStore, type SendToStorage } from "../../../keeper/clients/object-store";
import { expectSuccess, send } from "../../../keeper/clients/request";
import { AMPLE_SECONDS, BUCKET, PretendedPool } from "../../builders/pretended-pool";

let pool: PretendedPool;
let store: ObjectStore;
let sender: SendToStorage;
beforeEach(async () => {
  pool = await PretendedPool.start();
  pool.now = () => 1_796_000_000;
  store = new ObjectStore(pool.url, BUCKET);
  const token = await send({
    url: `${pool.url}/computeMetadata/v1/instance/service-accounts/default/token`,
    headers: { "Metadata-Flavor": "Google" },
    timeoutSeconds: AMPLE_SECONDS,
  });
  const { access_token } = JSON.parse(token.text) as { access_token: string };
  sender = async (call, accepted) => {
    const headers = { ...call.headers, Authorization: `Bearer ${access_token}` };
    const request = { ...call, headers, timeoutSeconds: AMPLE_SECONDS };
    const answer = await send(request);
    return accepted.includes(answer.status) ? answer : expectSuccess(request, answer);
  };
});
afterEach(() => pool.stop());

describe("ObjectStore", () => {
  it("writes an object that is not there yet, and reads it with its generation and age", async () => {
    const written = await store.write("keeper/a b/state.json", "{}", "0", sender);
    pool.now = () => 1_796_000_090;
    expect(await store.read("keeper/a b/state.json", sender)).toEqual({
      generation: written,
      text: "{}",
      isRefused: false,
      ageSeconds: 90,
    });
    expect(pool.asked.at(-1)!.path).toBe(`/storage/v1/b/${BUCKET}/o/keeper%2Fa%20b%2Fstate.json`);
  });

  it("writes nothing when the object has another generation", async () => {
    const first = await store.write("a", "1", "0", sender);
    expect(await store.write("a", "2", "0", sender)).toBeUndefined();
    expect(await store.write("a", "2", first!, sender)).not.toBe(first);
    expect(await store.write("a", "3", first!, sender)).toBeUndefined();
    expect(pool.objects.get("a")!.text).toBe("2");
  });

  it("says what is not there, and what it may not read", async () => {
    const nothing = { generation: "0", text: undefined, ageSeconds: undefined };
    expect(await store.read("a", sender)).toEqual({ ...nothing, isRefused: false });
    pool.missingIsRefused = true;
    expect(await store.read("a", sender)).toEqual({ ...nothing, isRefused: true });
  });

  it("has nothing to go by when Cloud Storage tells no generation", async () => {
    const without: SendToStorage = async () => ({ status: 200, headers: new Headers(), text: "{}" });
    const problem = "a: Cloud Storage does not say the generation";
    await expect(store.read("a", without)).rejects.toThrow(problem);
    await expect(store.write("a", "{}", "0", without)).rejects.toThrow(problem);
  });
});
