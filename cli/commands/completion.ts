import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Argument, type Command } from "commander";
import { EXIT, type ExitCode, type Terminal } from "../terminal";

const SHELLS = ["bash", "zsh"] as const;

const EXAMPLES = `
Examples:
  source <(npx fleet completion bash)
  source <(npx fleet completion zsh)
  npx fleet completion bash > ~/.local/share/bash-completion/completions/fleet
  npx fleet completion zsh > ~/.zsh/functions/_fleet

The first two are for the shell that is open; put the line into ~/.bashrc or ~/.zshrc (there after compinit) to have it
in every one. As a file it stays as it is until you write it anew; for zsh the folder must be in $fpath.

Completes npx fleet in the folder of the project, a fleet on the PATH, and a function: fleet() { npx fleet "$@"; }.
Commands, options, and the names of customers, pools, accounts and stacks, from the names of the files below accounts/.
Needs bash 4 or newer (macOS ships 3.2), or zsh 5.

Ends with 0, with 2 when it was called wrongly.
`;

/** `fleet completion`: the script that completes command lines of fleet in a shell. */
export function addCompletionCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  program
    .command("completion")
    .description("Print a script that completes fleet's commands, options and names in bash or zsh.")
    .addArgument(new Argument("<shell>", "the shell that reads it").choices(SHELLS))
    .addHelpText("after", EXAMPLES)
    .action((shell: (typeof SHELLS)[number]) => {
      terminal.out(readFileSync(join(__dirname, "..", "completion", `fleet.${shell}`), "utf8"));
      finish(EXIT.success);
    });
}
