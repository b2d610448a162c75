import { renderServerFiles } from "../../render/server/server-files";
import { otherDefinitions } from "../../review/other-definitions";
import { aServerInput } from "../builders/machine-input";

const COMPOSE = "/etc/fleet/compose.yaml";
const server = new Map([...renderServerFiles(aServerInput())]);

function judged(from: string | RegExp, to: string): string[] {
  const changed = server.get(COMPOSE)!.replace(from, to);
  expect(changed).not.toBe(server.get(COMPOSE));
  return otherDefinitions(server, new Map([...server, [COMPOSE, changed]])).map(
    ({ notice, says }) => `${notice}: ${says.replace(/:.*(?=not known)|:.*/, "")}`,
  );
}

describe("otherDefinitions", () => {
  it.each([
    ["443:8443", "8443:8443", "web listens on other ports of the server"],
    ["- 6222:6222", "- 127.0.0.1:6222:6222", "prosody-brewery listens on other ports of the server"],
  ])("takes the port %s that becomes %s for a way that is closed", (from, to, says) => {
    expect(judged(from, to)).toEqual([`interrupts calls: ${says}`]);
  });

  it.each([
    [
      "a service that is new",
      /\n  influxdb:\n/,
      "\n  coturn: { image: coturn:1, network_mode: host }\n  influxdb:\n",
    ],
    ["another user of Jicofo", "\n  jicofo:\n", "\n  jicofo:\n    user: root\n"],
    ["a name in the network that goes", /\n *aliases:\n *- xmpp\.jvb\.meet\.jitsi/, ""],
    ["passwords that web does not get", "      - /etc/fleet/web.env\n", "      - /etc/fleet/other.env\n"],
  ])("does not know %s", (_, from, to) => {
    expect(judged(from, to)).toEqual(["interrupts calls: not known"]);
  });

  it.each([
    ["an image", /jicofo:stable-\d+-\d+/, "jicofo:stable-12000"],
    ["a check of health", "interval: 30s", "interval: 40s"],
    ["memory of what no call needs", "mem_limit: 768m", "mem_limit: 512m"],
    ["a known service that goes", /\n  grafana:\n(    .*\n| *\n)+/, "\n"],
  ])("leaves to the new start %s", (_, from, to) => {
    expect(judged(from, to)).toEqual([]);
  });
});
