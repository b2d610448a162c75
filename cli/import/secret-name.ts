/** Words in the names of variables that hold secrets. Public keys and names of keys are none. */
const SECRET =
  /pass(?:word|wd|phrase)?|secret|token|credential|creds|private|api_?key|access_?key|auth_?(?:key|file)|\bpw\b|_pw$|pwd|vault/;
const PUBLIC = /public_?key|authorized_?keys|key_?name|ssh_?keys?$|secret_?name|token_?url/;

/** Whether a variable of this name is taken for a secret, whatever it holds. */
export const isSecretName = (name: string): boolean => {
  const lower = name.toLowerCase();
  return SECRET.test(lower) && !PUBLIC.test(lower);
};
