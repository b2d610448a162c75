import { comment } from "./comment";
import { toYaml } from "./yaml";

/** One service of a compose file, in the words of the Compose specification. */
export interface ComposeService {
  readonly name: string;
  /** What a reader would ask about the service. */
  readonly why?: string;
  readonly definition: Readonly<Record<string, unknown>>;
}

export interface ComposeFile {
  /** What the file is and where it comes from. */
  readonly about: string;
  readonly services: readonly ComposeService[];
  readonly networks?: Readonly<Record<string, unknown>>;
}

/** A file for `docker compose` version 2; services in the given order. */
export function renderComposeFile({ about, services, networks }: ComposeFile): string {
  const blocks = services.map(({ name, why, definition }) =>
    indented(comment(why ?? "") + toYaml({ [name]: definition })),
  );
  return `${comment(about)}services:\n${blocks.join("\n")}` + (networks ? `\n${toYaml({ networks })}` : "");
}

const indented = (text: string): string => text.replace(/^(?=.)/gm, "  ");
