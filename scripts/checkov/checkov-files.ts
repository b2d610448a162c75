type Terraform = Readonly<Record<string, unknown>>;
type Section = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * A stack as Checkov reads it: one file per resource, so that a finding tells its address, which Checkov itself does not
 * for Terraform's JSON. The section `terraform` is left out: Checkov gives a file up at its first plain text.
 *
 * @returns file name -> text
 */
export function checkovFiles({ resource = {}, provider, data }: Terraform): ReadonlyMap<string, string> {
  const files = Object.entries(resource as Section).flatMap(([type, named]) =>
    Object.entries(named).map(
      ([name, attributes]) =>
        [`${type}.${name}.tf.json`, { resource: { [type]: { [name]: attributes } } }] as const,
    ),
  );
  const others = { ...(provider ? { provider } : {}), ...(data ? { data } : {}) };
  return new Map(
    [...files, ["others.tf.json", others] as const].map(([file, content]) => [
      file,
      JSON.stringify(content, null, 2),
    ]),
  );
}
