import { SecretManagerSecret } from "@cdktf/provider-google/lib/secret-manager-secret";
import { SecretManagerSecretIamMember } from "@cdktf/provider-google/lib/secret-manager-secret-iam-member";
import { SecretManagerSecretVersion } from "@cdktf/provider-google/lib/secret-manager-secret-version";
import { type ITerraformDependable, TerraformIterator, type TerraformStack, Token } from "cdktf";
import type { Customer, Pool } from "../../model/fleet";
import { CUSTOMER_SECRETS, secretName, type CustomerSecret } from "../../model/names";
import { drawnBy, poolSecrets } from "../../model/turns";

export interface CustomerSecretsProps {
  readonly customer: Customer;
  /** The pools that serve the customer, of other accounts too: each has accounts of its own at the customer's InfluxDB. */
  readonly pools: readonly Pick<Pool, "account" | "id">[];
  /** IAM member of the server, which reads all of them. */
  readonly reader: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly protect: boolean;
}

/** Letters and digits only: the passwords end up in environment files, URLs and configuration languages. */
const PASSWORD = { length: 32, special: false };

/**
 * The passwords of a customer's services. Each is drawn during the apply, goes to Secret Manager through a write-only
 * argument, and is in no plan and no state. A new `secretsVersion` stores a new draw of each but those that bridges from
 * before the rotation use.
 *
 *   ephemeral passwords --> versions --> secrets <-- server reads
 *
 * @returns what must be there before the server boots
 */
export function buildCustomerSecrets(
  stack: TerraformStack,
  props: CustomerSecretsProps,
): ITerraformDependable[] {
  const { customer, pools, protect } = props;
  const ofPools = poolSecrets(customer, pools);
  return [
    ...storeDraws(stack, props, { prefix: "", secrets: CUSTOMER_SECRETS, protect }),
    // They go with their pool, and only bridges that are gone, too, would miss them.
    ...(ofPools.length === 0
      ? []
      : storeDraws(stack, props, { prefix: "telemetry-", secrets: ofPools, protect: false })),
  ];
}

interface Draws {
  /** What the ids of the constructs begin with. */
  readonly prefix: string;
  readonly secrets: readonly CustomerSecret[];
  readonly protect: boolean;
}

function storeDraws(
  stack: TerraformStack,
  { customer, reader, labels }: CustomerSecretsProps,
  { prefix, secrets: every, protect }: Draws,
): ITerraformDependable[] {
  const name = TerraformIterator.fromMap(
    Object.fromEntries(every.map((secret) => [secret, secretName(customer, secret)])),
  );
  const drawn = Object.fromEntries(every.map((each) => [each, drawnBy(customer, each)]));
  const passwords = `random_password.${prefix}passwords`;
  // cdktf has no construct for ephemeral resources.
  stack.addOverride(`ephemeral.${passwords}`, {
    for_each: `\${toset(${JSON.stringify(every)})}`,
    ...PASSWORD,
  });

  const secrets = new SecretManagerSecret(stack, `${prefix}secrets`, {
    forEach: name,
    secretId: name.value,
    replication: { auto: {} },
    labels,
    lifecycle: { preventDestroy: protect },
  });
  const secret = TerraformIterator.fromResources(secrets);
  const versions = new SecretManagerSecretVersion(stack, `${prefix}secret-versions`, {
    forEach: secret,
    secret: secret.getString("id"),
    secretDataWo: `\${ephemeral.${passwords}[each.key].result}`,
    secretDataWoVersion: Token.asNumber(`\${${JSON.stringify(drawn)}[each.key]}`),
    // The old version can be enabled again, if the new one has to be taken back.
    deletionPolicy: "DISABLE",
    // The new version is there before the old one goes: a machine that boots meanwhile finds one.
    lifecycle: { createBeforeDestroy: true },
  });
  const access = new SecretManagerSecretIamMember(stack, `${prefix}secret-readers`, {
    forEach: secret,
    secretId: secret.getString("secret_id"),
    role: "roles/secretmanager.secretAccessor",
    member: reader,
  });
  return [versions, access];
}
