#!/usr/bin/python3
"""Fetches the passwords of this machine from Secret Manager into memory, with the machine's own service account.

What to fetch is in the instance's metadata: the attribute fleet-files (JSON, path -> text) has a file
/etc/fleet/secrets.json (JSON, env file -> variable -> projects/<project>/secrets/<name>). It is read there and not on
the disk, because this program runs before fleet-apply writes the files.

Replaces all env files in /run/fleet/secrets, or none, and then writes the list beside them (/run/fleet/secrets.json),
by which fleet-apply knows whether they are those that its files need. Never prints a value. Ends with 0, or with 1
after a line for each thing that is wrong; systemd runs it again.
"""

import argparse
import base64
import http.client
import json
import os
import random
import re
import sys
import time
import urllib.error
import urllib.request

SECRETS_FILE = "/etc/fleet/secrets.json"
DIRECTORY = "/run/fleet/secrets"
FETCHED_FILE = "/run/fleet/secrets.json"

ENV_FILE = re.compile(r"[a-z][a-z0-9-]*\.env")
VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")
RESOURCE = re.compile(r"projects/[a-z][a-z0-9-]*/secrets/[A-Za-z0-9_-]+")
# What env files, URLs and configuration languages take without quotes.
VALUE = re.compile(r"[A-Za-z0-9]+")

CAUSES = {
    400: "its latest version is disabled or destroyed: enable it, or add one by raising secretsVersion",
    401: "the token of the machine was refused",
    403: "the machine's service account may not read it: deploy the machine's stack; a new permission takes minutes",
    404: "there is no such secret, or no version of it yet: deploy the stack of its customer first",
}


class Failure(Exception):
    """What is wrong, for the journal."""


class Unavailable(Failure):
    """The other side did not answer, or asked to come back later."""


class Refused(Failure):
    def __init__(self, status):
        super().__init__(f"HTTP status {status}")
        self.status = status


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Following one would hand the token to another host."""

    def redirect_request(self, *_):
        return None


# No proxy, whatever the environment says.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect)


class Client:
    """Asks again, in growing intervals, whoever is away or overloaded."""

    def __init__(self, patience):
        self.give_up_at = time.monotonic() + patience

    def get(self, url, headers):
        wait = 0.5
        while True:
            try:
                return self.get_once(url, headers)
            except Unavailable:
                # A group of bridges boots at once: chance spreads their next questions.
                pause = wait * random.uniform(0.5, 1.5)
                if time.monotonic() + pause > self.give_up_at:
                    raise
                time.sleep(pause)
                wait = min(2 * wait, 15)

    def get_once(self, url, headers):
        try:
            with OPENER.open(urllib.request.Request(url, headers=headers), timeout=10) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            with error:
                if error.code == 429 or error.code >= 500:
                    raise Unavailable(f"HTTP status {error.code}") from None
                raise Refused(error.code) from None
        except OSError as error:
            raise Unavailable(str(getattr(error, "reason", error))) from None
        except http.client.HTTPException as error:
            # Its text may quote the answer.
            raise Unavailable(type(error).__name__) from None


def parsed(text, what):
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Failure(f"{what} is not JSON") from None


def asked_for(bundle):
    """env file -> variable -> resource, from the text of the attribute fleet-files."""
    files = parsed(bundle, "fleet-files")
    if not isinstance(files, dict) or not isinstance(files.get(SECRETS_FILE), str):
        raise Failure(f"fleet-files has no {SECRETS_FILE}: synthesize and deploy the machine's stack again")
    secrets = parsed(files[SECRETS_FILE], SECRETS_FILE)
    valid = isinstance(secrets, dict) and all(
        ENV_FILE.fullmatch(name)
        and isinstance(variables, dict)
        and all(
            VARIABLE.fullmatch(variable) and isinstance(resource, str) and RESOURCE.fullmatch(resource)
            for variable, resource in variables.items()
        )
        for name, variables in secrets.items()
    )
    if not valid:
        raise Failure(f"{SECRETS_FILE} is not of the form env file -> variable -> projects/<project>/secrets/<name>")
    return secrets


class Metadata:
    def __init__(self, client, server):
        self.client = client
        self.server = server

    def get(self, key, missing):
        try:
            url = f"{self.server}/computeMetadata/v1/instance/{key}"
            return self.client.get(url, {"Metadata-Flavor": "Google"})
        except Refused as refusal:
            cause = missing if refusal.status == 404 else f"HTTP status {refusal.status}"
            raise Failure(f"metadata {key}: {cause}") from None
        except Unavailable as error:
            raise Failure(f"metadata server: {error}") from None

    def files(self):
        return self.get("attributes/fleet-files", "the machine has none: deploy its stack again")

    def token(self):
        key = "service-accounts/default/token"
        answer = parsed(self.get(key, "the machine has no service account"), f"metadata {key}")
        token = answer.get("access_token") if isinstance(answer, dict) else None
        if not isinstance(token, str) or not re.fullmatch(r"[\x21-\x7e]+", token):
            raise Failure(f"metadata {key}: no access token in the answer")
        return token


def value_of(answer, resource):
    """Value and version number, from what Secret Manager answered."""
    try:
        document = json.loads(answer)
        value = base64.b64decode(document["payload"]["data"], validate=True).decode("ascii")
        version = re.fullmatch(r"projects/[^/]+/secrets/[^/]+/versions/([0-9]+)", document["name"]).group(1)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        # Without the cause: it may quote the value.
        raise Failure(f"{resource}: Secret Manager gave an answer of an unknown form, or the value is no text") from None
    if not VALUE.fullmatch(value):
        raise Failure(
            f"{resource}: version {version} is empty or has other characters than letters and digits "
            "(a line break counts): store one without them"
        )
    return value, version


def fetch(client, server, token, resources):
    """resource -> (value, version). Every secret that cannot be had is named in one go."""
    values, failures = {}, []
    for resource in resources:
        url = f"{server}/v1/{resource}/versions/latest:access"
        try:
            values[resource] = value_of(client.get(url, {"Authorization": f"Bearer {token}"}), resource)
        except Refused as refusal:
            cause = CAUSES.get(refusal.status, "an answer that nobody expected")
            failures.append(f"{resource}: {cause} (HTTP status {refusal.status})")
        except Unavailable as error:
            # The others would wait for nothing.
            failures.append(f"{resource}: Secret Manager does not answer: {error}")
            break
        except Failure as error:
            failures.append(str(error))
    if failures:
        raise Failure("\n".join(failures))
    return values


def file_system(directory):
    """Type of the file system that a directory is on."""
    device = os.stat(directory).st_dev
    with open("/proc/self/mountinfo", encoding="utf-8", errors="replace") as mounts:
        for mount in mounts:
            # … major:minor … - type …  (proc(5))
            fields, _, rest = mount.partition(" - ")
            if fields.split()[2] == f"{os.major(device)}:{os.minor(device)}":
                return rest.split()[0]
    return "unknown"


def check_in_memory(directory):
    kind = file_system(directory)
    if kind not in ("tmpfs", "ramfs"):
        raise Failure(f"{directory} is on a file system of type {kind}; secrets go to a tmpfs only")


def replace_files(directory, texts):
    """New files lie beside the old ones before the first is replaced: a full tmpfs leaves the old set."""
    try:
        for name, text in texts.items():
            # docker compose reads them, as root; nobody else does.
            opened = os.open(f"{directory}/{name}.new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with open(opened, "w", encoding="ascii") as file:
                file.write(text)
        for name in texts:
            os.replace(f"{directory}/{name}.new", f"{directory}/{name}")
    finally:
        for name in os.listdir(directory):
            if name.endswith(".new"):
                os.unlink(f"{directory}/{name}")
    for name in set(os.listdir(directory)) - set(texts):
        os.unlink(f"{directory}/{name}")


def run(options):
    directory = options.root + DIRECTORY
    os.makedirs(directory, mode=0o700, exist_ok=True)
    os.chmod(directory, 0o700)
    if not options.root:
        check_in_memory(directory)

    client = Client(options.patience)
    metadata = Metadata(client, options.metadata)
    bundle = metadata.files()
    secrets = asked_for(bundle)
    # Each secret once, so that two services never get two versions of it.
    resources = sorted({resource for variables in secrets.values() for resource in variables.values()})
    values = fetch(client, options.secret_manager, metadata.token(), resources)
    texts = {
        name: "".join(f"{variable}={values[resource][0]}\n" for variable, resource in sorted(variables.items()))
        for name, variables in secrets.items()
    }
    replace_files(directory, texts)
    with open(f"{options.root}{FETCHED_FILE}", "w", encoding="utf-8") as file:
        file.write(parsed(bundle, "fleet-files")[SECRETS_FILE])
    versions = ", ".join(f"{resource.rpartition('/')[2]} version {values[resource][1]}" for resource in resources)
    print(f"fleet-secrets: {' '.join(sorted(texts))} from {versions}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", default="", help="stands for / in a trial; it need not be in memory")
    parser.add_argument("--metadata", default="http://metadata.google.internal", help="metadata server in a trial")
    parser.add_argument(
        "--secret-manager", default="https://secretmanager.googleapis.com", help="Secret Manager in a trial"
    )
    parser.add_argument("--patience", type=float, default=60, help="seconds in which to ask again whoever is away")
    try:
        run(parser.parse_args())
    except (Failure, OSError) as error:
        for line in str(error).splitlines():
            print(f"fleet-secrets: {line}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
