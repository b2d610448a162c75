import { execFile } from "node:child_process";
import { basename } from "node:path";
import { promisify } from "node:util";

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
}

/**
 * Terraform as `ps` names it, which knows 15 characters of `terraform-1.11.4` and `.terraform-wrapped`: not a provider, and
 * not a script that stands for it.
 */
const TERRAFORM = /^\.?(terraform|tofu)([-_]?v?\d[\d.]*|-wrap[ped]*)?$/;

/**
 * Sends an interrupt to the Terraform processes below a program, or to the program itself when there are none.
 * An interrupted Terraform finishes what it began; the program that started it then sees it fail and ends.
 */
export async function interruptTree(root: number | undefined): Promise<void> {
  if (root === undefined) return;
  const processes = await listProcesses();
  const below = descendants(root, processes).filter(({ name }) => TERRAFORM.test(basename(name)));
  for (const pid of below.length > 0 ? below.map((each) => each.pid) : [root]) {
    try {
      process.kill(pid, "SIGINT");
    } catch (error) {
      // It ended by itself in the meantime.
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

/** All processes of the machine; none where there is no `ps`, as in a very small container. */
async function listProcesses(): Promise<Process[]> {
  const ps = promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,comm="]);
  const { stdout } = await ps.catch(() => ({ stdout: "" }));
  return stdout
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.+)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, pid, parent, name]) => ({ pid: Number(pid), parent: Number(parent), name: name!.trim() }));
}

function descendants(root: number, processes: readonly Process[]): Process[] {
  return processes
    .filter(({ parent }) => parent === root)
    .flatMap((child) => [child, ...descendants(child.pid, processes)]);
}
