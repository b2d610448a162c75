import type { Account, Customer, Pool } from "../fleet";
import type { EntityRef } from "../problem";

export const atAccount = ({ id }: Pick<Account, "id">): EntityRef => ({ kind: "account", account: id });

export const atCustomer = ({ account, id }: Pick<Customer, "account" | "id">): EntityRef => ({
  kind: "customer",
  account,
  customer: id,
});

export const atPool = ({ account, id }: Pick<Pool, "account" | "id">): EntityRef => ({
  kind: "pool",
  account,
  pool: id,
});
