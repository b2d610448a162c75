import type { CloudStore } from "../store/cloud-store";
import { projectOf } from "./assume-objects";
import { readStack, resourcesOf } from "./stack-configuration";

/** What Terraform computes stands in `${…}`; a reference to a secret of another stack, or of people, does not. */
const NAMED = /^projects\/([^/${}]+)\/secrets\/([^/${}]+)$/;

/**
 * Puts secrets into the pretended clouds that stacks let somebody read, and that are not there: people made them
 * (certificates, logins to registries). Call it when every stack is deployed that these stacks need.
 */
export function assumeSecrets(directories: Iterable<string>, store: CloudStore): void {
  for (const directory of directories) {
    const configuration = readStack(directory);
    for (const { type, arguments: given } of resourcesOf(configuration)) {
      if (type !== "google_secret_manager_secret_iam_member") continue;
      const { secret_id: secret, project: of = projectOf(configuration) } = given;
      const id = String(secret).startsWith("projects/")
        ? String(secret)
        : `projects/${String(of)}/secrets/${String(secret)}`;
      const [, project, name] = NAMED.exec(id) ?? [];
      if (
        project === undefined ||
        name === undefined ||
        store.get("google", "google_secret_manager_secret", id)
      )
        continue;
      store.put("google", "google_secret_manager_secret", id, { id, name: id, project, secret_id: name });
    }
  }
}
