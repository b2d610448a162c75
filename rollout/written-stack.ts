/** What an earlier synth wrote for a stack. */
export interface WrittenStack {
  /** The YAML file that it was made from, from the repository's root. */
  readonly source: string | undefined;
  /** Bucket of its state. */
  readonly bucket: string | undefined;
  /** Google Cloud project that its provider is set to. */
  readonly project: string | undefined;
  /** `type.name` of each resource. */
  readonly resources: readonly string[];
  /** Arguments of each resource as they are written, by `type.name`. */
  readonly arguments: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** Those of them that Terraform or the cloud refuses to destroy. */
  readonly protected: readonly string[];
}

/** The parts of `cdk.tf.json` that matter here. */
interface WrittenTerraform {
  readonly "//"?: { readonly source?: string };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly provider?: { readonly google?: readonly { readonly project?: string }[] };
  readonly terraform?: { readonly backend?: { readonly gcs?: { readonly bucket?: string } } };
}

/**
 * Understands the `cdk.tf.json` of a stack.
 *
 * @throws when it is no JSON
 */
export function parseWrittenStack(text: string): WrittenStack {
  const written = JSON.parse(text) as WrittenTerraform;
  const resources = Object.entries(written.resource ?? {}).flatMap(([type, named]) =>
    Object.entries(named).map(([name, attributes]) => ({ address: `${type}.${name}`, attributes })),
  );
  return {
    source: written["//"]?.source,
    bucket: written.terraform?.backend?.gcs?.bucket,
    project: written.provider?.google?.[0]?.project,
    resources: resources.map(({ address }) => address),
    arguments: new Map(resources.map(({ address, attributes }) => [address, attributes])),
    protected: resources.filter(({ attributes }) => isProtected(attributes)).map(({ address }) => address),
  };
}

function isProtected(attributes: Readonly<Record<string, unknown>>): boolean {
  const lifecycle = attributes["lifecycle"] as { prevent_destroy?: boolean } | undefined;
  return lifecycle?.prevent_destroy === true || attributes["deletion_protection"] === true;
}
