/** A condition of a grant on a bucket. */
export interface BucketCondition {
  readonly title: string;
  readonly expression: string;
}

/**
 * Limits a grant on a bucket to objects whose names begin with a prefix. A list is asked of the bucket and not of an
 * object, so nobody lists anything with it.
 *
 * @param prefix with its slash: `keeper/acme-eu/` is no part of `keeper/acme-eu-west/`
 */
export const belowPrefix = (bucket: string, prefix: string, title: string): BucketCondition => ({
  title,
  expression: `resource.name.startsWith("projects/_/buckets/${bucket}/objects/${prefix}")`,
});
