import { gzipSync } from "node:zlib";
import { COMPOSE, packed } from "../builders/bundle";
import { describeWithPython, TrialMachine } from "../builders/trial-machine";

jest.setTimeout(30_000);

let machine: TrialMachine;
beforeAll(async () => {
  machine = await TrialMachine.start();
});
afterAll(() => machine.close());

const plain = { [COMPOSE]: JSON.stringify({ services: { web: { image: "web:1" } } }) };
const BOARD = "/etc/fleet/grafana/dashboards/customer.json";
const whole = gzipSync("{}");
const BAD_COMPRESSED: [string, string, string][] = [
  ["is not base64", "{}", "Only base64 data is allowed"],
  ["is empty", "", "not one whole gzip stream"],
  ["is no gzip", Buffer.from("{}").toString("base64"), "incorrect header check"],
  ["is cut off", whole.subarray(0, -3).toString("base64"), "not one whole gzip stream"],
  ["goes on after its end", Buffer.concat([whole, whole]).toString("base64"), "not one whole gzip stream"],
  ["has another checksum", damaged(whole).toString("base64"), "incorrect data check"],
  ["is not JSON", packed("{"), "Expecting property name enclosed in double quotes"],
  ["is no text", gzipSync(Buffer.from([0xff])).toString("base64"), "can't decode byte 0xff"],
  ["is a list", packed([]), "not an object of path -> text"],
  ["is a bomb", packed("x".repeat(5_000_000)), "larger than 4194304 bytes when unpacked"],
  ["is larger than Google takes", "A".repeat(262_148), "larger than 262144 bytes"],
  ["has a number for a text", packed({ [BOARD]: 1 }), `${BOARD} has no text`],
  ["has a file elsewhere", packed({ "/etc/passwd": "" }), "'/etc/passwd' is not below /etc/fleet"],
  [
    "has a file below one of the others",
    packed({ "/etc/fleet/a/b": "" }),
    "/etc/fleet/a is a file and a directory",
  ],
  [
    "has a text for a file that has one",
    packed({ [COMPOSE]: "x" }),
    `${COMPOSE} has a text in fleet-files too`,
  ],
  [
    "has a program that does not start",
    packed({ "/etc/fleet/programs/fleet-x": "#!/usr/bin/python3\n(\n" }),
    "was never closed",
  ],
];

/** With another checksum than its content has. */
function damaged(gzip: Buffer): Buffer {
  const copy = Buffer.from(gzip);
  copy[gzip.length - 8]! ^= 1;
  return copy;
}

describeWithPython("fleet-apply google, with a compressed value,", () => {
  it.each(BAD_COMPRESSED)(
    "refuses a compressed value that %s, and keeps what runs",
    async (_, value, message) => {
      const files = { ...plain, "/etc/fleet/a": "" };
      machine.metadata.googleWith(files, packed({ [BOARD]: "{}" }));
      expect((await machine.run("google")).code).toBe(0);
      machine.metadata.googleWith({ ...files, "/etc/fleet/a": "2" }, value);
      expect((await machine.run("google")).code).toBe(65);
      expect(machine.status().reason).toMatch(/^fleet-files-compressed: /);
      expect(machine.status().reason).toContain(message);
      expect(machine.files()).toEqual({ ...files, [BOARD]: "{}" });
    },
  );
});
