/** As cdktf renders a stack; only the parts that matter here. */
export interface RenderedTerraform {
  readonly "//"?: { readonly metadata?: Readonly<Record<string, unknown>> };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>;
  readonly [section: string]: unknown;
}

/**
 * Takes cdktf's own notes out of a stack's Terraform: the construct paths, which are the resource names once more. The
 * stack's note keeps what the cdktf command line reads, and tells which file it is made from.
 */
export function trimTerraform(rendered: RenderedTerraform, source: string): Record<string, unknown> {
  const { backend, stackName, version } = rendered["//"]?.metadata ?? {};
  const trimmed: Record<string, unknown> = {
    ...rendered,
    "//": { source, metadata: { backend, stackName, version } },
  };
  for (const resources of Object.values(rendered.resource ?? {})) {
    for (const attributes of Object.values(resources)) delete attributes["//"];
  }
  return trimmed;
}
