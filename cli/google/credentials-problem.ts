/** Google cannot be asked, for a reason that a person can remove; the message says how, in one line. */
export class CredentialsProblem extends Error {}
