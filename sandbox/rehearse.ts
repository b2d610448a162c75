/**
 * Real commands on the working copies of the last rehearsal, with the offline providers at hand:
 *
 *   npm run rehearse -- <stack> plan                    any Terraform command on one stack
 *   npm run rehearse -- cdktf deploy customer-abc       cdktf on the copies
 */
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { startRehearsal } from "./rehearsal";
import { Interruption } from "./workspace/interruption";
import { RehearsalProblem } from "./workspace/rehearsal-problem";

const PROJECT = join(__dirname, "..");

async function main(): Promise<void> {
  const [target, command, ...args] = process.argv.slice(2);
  if (target === undefined || command === undefined) {
    throw new RehearsalProblem(
      "Usage: npm run rehearse -- <stack> <Terraform command>\n       npm run rehearse -- cdktf deploy|destroy <stack>…",
    );
  }
  const interruption = new Interruption();
  const rehearsal = await startRehearsal({
    synthesized: join(PROJECT, "synthesized"),
    directory: join(PROJECT, ".rehearsal"),
    project: PROJECT,
  });
  try {
    interruption.check();
    // Terraform colours its output even where there is no terminal.
    const print = (line: string): void =>
      console.log(process.stdout.isTTY ? line : stripVTControlCharacters(line));
    const { code } =
      target === "cdktf"
        ? await rehearsal.cdktf(command, args, print)
        : await rehearsal.terraform(target, [command, ...args], print);
    process.exitCode = code;
  } finally {
    await rehearsal.close();
  }
}

// Whoever reads the output may stop, as `head` does.
process.stdout.on("error", () => undefined);
main().catch((error: unknown) => {
  console.error(error instanceof RehearsalProblem ? error.message : error);
  process.exitCode = 1;
});
