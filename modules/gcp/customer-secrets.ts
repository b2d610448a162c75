import { SecretManagerSecret } from "@cdktf/provider-google/lib/secret-manager-secret";
import { SecretManagerSecretIamMember } from "@cdktf/provider-google/lib/secret-manager-secret-iam-member";
import { SecretManagerSecretVersion } from "@cdktf/provider-google/lib/secret-manager-secret-version";
import { type ITerraformDependable, TerraformIterator, type TerraformStack, Token } from "cdktf";
import { drawnBy } from "../../model/bridge-logins";
import type { Customer } from "../../model/fleet";
import { CUSTOMER_SECRETS, secretName } from "../../model/names";

export interface CustomerSecretsProps {
  readonly customer: Customer;
  /** IAM member of the server, which reads all of them. */
  readonly reader: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly protect: boolean;
}

/** Letters and digits only: the passwords end up in environment files, URLs and configuration languages. */
const PASSWORD = { length: 32, special: false };

const FOR_EACH_SECRET = `\${toset(${JSON.stringify(CUSTOMER_SECRETS)})}`;

/**
 * The passwords of a customer's services. Each is drawn during the apply, goes to Secret Manager through a write-only
 * argument, and is in no plan and no state. A new `secretsVersion` stores a new draw of each but one: the password that
 * bridges from before the rotation use.
 *
 *   ephemeral passwords --> versions --> secrets <-- server reads
 *
 * @returns what must be there before the server boots
 */
export function buildCustomerSecrets(
  stack: TerraformStack,
  props: CustomerSecretsProps,
): ITerraformDependable[] {
  const { customer, reader, labels, protect } = props;
  const name = TerraformIterator.fromMap(
    Object.fromEntries(CUSTOMER_SECRETS.map((secret) => [secret, secretName(customer, secret)])),
  );
  const drawn = Object.fromEntries(CUSTOMER_SECRETS.map((each) => [each, drawnBy(customer, each)]));
  // cdktf has no construct for ephemeral resources.
  stack.addOverride("ephemeral.random_password.passwords", { for_each: FOR_EACH_SECRET, ...PASSWORD });

  const secrets = new SecretManagerSecret(stack, "secrets", {
    forEach: name,
    secretId: name.value,
    replication: { auto: {} },
    labels,
    lifecycle: { preventDestroy: protect },
  });
  const secret = TerraformIterator.fromResources(secrets);
  const versions = new SecretManagerSecretVersion(stack, "secret-versions", {
    forEach: secret,
    secret: secret.getString("id"),
    secretDataWo: "${ephemeral.random_password.passwords[each.key].result}",
    secretDataWoVersion: Token.asNumber(`\${${JSON.stringify(drawn)}[each.key]}`),
    // The old version can be enabled again, if the new one has to be taken back.
    deletionPolicy: "DISABLE",
    // The new version is there before the old one goes: a machine that boots meanwhile finds one.
    lifecycle: { createBeforeDestroy: true },
  });
  const access = new SecretManagerSecretIamMember(stack, "secret-readers", {
    forEach: secret,
    secretId: secret.getString("secret_id"),
    role: "roles/secretmanager.secretAccessor",
    member: reader,
  });
  return [versions, access];
}
