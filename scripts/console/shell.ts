import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";

export interface ShellAnswer {
  /** Both outputs as they came, without the last line break. */
  readonly lines: readonly string[];
  readonly code: number;
}

/** One bash that lives on between commands, with its folder and variables, as a person's terminal does. */
export class Shell {
  private readonly child: ChildProcess;
  private readonly mark = `==${randomUUID()}==`;
  private output = "";
  private heard: () => void = () => undefined;
  private hasEnded = false;

  /** @param environment the whole of it */
  constructor(folder: string, environment: NodeJS.ProcessEnv) {
    this.child = spawn("bash", ["--noprofile", "--norc"], {
      cwd: folder,
      env: environment,
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.child.stdout!.setEncoding("utf8").on("data", (text: string) => {
      this.output += text;
      this.heard();
    });
    this.child.once("close", () => {
      this.hasEnded = true;
      this.heard();
    });
    this.child.stdin!.write("exec 2>&1\n");
  }

  /** @throws Error when the command ended the shell */
  async run(command: string): Promise<ShellAnswer> {
    // A command's own input is empty; the shell's is the pipe.
    this.child.stdin!.write(`{ ${command}\n} </dev/null\nprintf '\\n%s %s\\n' '${this.mark}' "$?"\n`);
    const end = new RegExp(`\n${this.mark} (\\d+)\n`);
    for (;;) {
      const found = end.exec(this.output);
      if (found) {
        const text = this.output.slice(0, found.index).replace(/\n$/, "");
        this.output = this.output.slice(found.index + found[0].length);
        return { lines: text === "" ? [] : text.split("\n"), code: Number(found[1]) };
      }
      if (this.hasEnded) throw new Error(`the shell ended with: ${command}\n${this.output}`);
      await new Promise<void>((resolve) => (this.heard = resolve));
    }
  }

  async close(): Promise<void> {
    if (this.hasEnded) return;
    const ended = new Promise((resolve) => this.child.once("close", resolve));
    this.child.stdin!.end();
    await ended;
  }
}
