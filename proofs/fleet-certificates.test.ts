import { TestAuthority } from "../__tests__/builders/certificates";
import { killAtEachStep } from "../__tests__/builders/kill-hand-over";
import { ServerTrial } from "../__tests__/builders/server-trial";

it("a hand-over that is killed at any step leaves one whole pair, and is finished by the next run", async () => {
  const authority = new TestAuthority("Acme CA");
  const trial = await ServerTrial.start();
  try {
    const kills = await killAtEachStep(trial, authority, [authority.pair(), authority.pair()]);
    process.stdout.write(`${kills} kills of a hand-over, one at each step\n`);
    expect(kills).toBeGreaterThan(20);
  } finally {
    await trial.close();
  }
}, 600_000);
