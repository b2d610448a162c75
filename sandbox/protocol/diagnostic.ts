/** Where in a resource: names of attributes and blocks, positions in lists, keys of maps. */
export type Path = readonly (string | number)[];

/** What a provider has to say about one resource. Terraform adds the resource's address and the line. */
export interface Diagnostic {
  readonly summary: string;
  readonly detail?: string;
  readonly path?: Path;
}

/** Thrown by whatever refuses: it ends the call and becomes a diagnostic. */
export class Refusal extends Error implements Diagnostic {
  readonly summary: string;
  readonly path?: Path;

  constructor(summary: string, path?: Path) {
    super(summary);
    this.summary = summary;
    if (path) this.path = path;
  }
}

const ERROR = 1;

export const pathMessage = (path: Path): object => ({
  steps: path.map((step) =>
    typeof step === "number" ? { element_key_int: step } : { attribute_name: step },
  ),
});

export const diagnosticMessage = ({ summary, detail, path }: Diagnostic): object => ({
  severity: ERROR,
  summary,
  detail: detail ?? "",
  ...(path && path.length > 0 ? { attribute: pathMessage(path) } : {}),
});
