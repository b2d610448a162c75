import { ETC } from "./machine-paths";
import type { MachineFiles } from "./machine-files";
import { collectFiles } from "./text/collect-files";

/** Programs that run on machines: name (`fleet-apply`) -> text. The caller reads them, render touches no files. */
export type Programs = Readonly<Record<ProgramName, string>>;

/** Each is `programs/<name>.py`, and `/usr/local/sbin/<name>` on the machines that have it. */
export const PROGRAM_NAMES = [
  "fleet-apply",
  "fleet-boot-time",
  "fleet-bootstrap",
  "fleet-certificates",
  "fleet-push",
  "fleet-secrets",
] as const;
export type ProgramName = (typeof PROGRAM_NAMES)[number];

/** Where fleet-apply finds the programs that it installs in `/usr/local/sbin`. */
export const PROGRAM_FILES = `${ETC}/programs`;

/**
 * What Google machines run, by role. They are among a machine's files, so that a change of one reaches machines that run.
 */
const GOOGLE_PROGRAMS = {
  server: ["fleet-apply", "fleet-boot-time", "fleet-certificates", "fleet-secrets"],
  bridge: ["fleet-apply", "fleet-boot-time", "fleet-secrets"],
} as const;

/** The files of a Google machine, and the programs that bring and feed them. */
export const withGooglePrograms = (
  role: keyof typeof GOOGLE_PROGRAMS,
  files: MachineFiles,
  programs: Programs,
): MachineFiles =>
  collectFiles({
    ...Object.fromEntries(files),
    ...Object.fromEntries(GOOGLE_PROGRAMS[role].map((name) => [`${PROGRAM_FILES}/${name}`, programs[name]])),
  });

/** What every Linode runs. The first is in its user data, which never changes; a push brings all of them. */
const LINODE_PROGRAMS = ["fleet-apply", "fleet-boot-time", "fleet-push"] as const;

/** Programs that a push brings to Linode machines: files beside those of the machine's own. */
export const linodePrograms = (programs: Programs): MachineFiles =>
  new Map(LINODE_PROGRAMS.map((name) => [`${PROGRAM_FILES}/${name}`, programs[name]]));
