import { EXIT, type ExitCode } from "./terminal";

/** What is said about an error that no command expected, and the exit code. */
export interface Unexpected {
  /** Ends with its line break. */
  readonly text: string;
  readonly code: ExitCode;
}

/**
 * The file system's refusals are the caller's to mend and say which file is meant; everything else is a fault of fleet
 * itself: one line, and where it happened with `FLEET_DEBUG=1`.
 */
export function explainUnexpected(
  error: unknown,
  environment: Readonly<Record<string, string | undefined>>,
): Unexpected {
  if (isOfFileSystem(error))
    return { text: `${error.path}: ${error.message.replace(/, \w+ '.*$/, "")}.\n`, code: EXIT.problems };
  const { message, stack } =
    isObject(error) && "message" in error ? (error as Error) : new Error(String(error));
  const where = environment["FLEET_DEBUG"] ? `\n${stack ?? message}\n` : "";
  const hint = where === "" ? " FLEET_DEBUG=1 shows where; please report it with that." : "";
  return { text: `This is a fault of fleet: ${message}.${hint}\n${where}`, code: EXIT.fault };
}

const isObject = (error: unknown): error is object => typeof error === "object" && error !== null;

const isOfFileSystem = (error: unknown): error is NodeJS.ErrnoException & { readonly path: string } =>
  isObject(error) && "syscall" in error && "path" in error && typeof error.path === "string";
