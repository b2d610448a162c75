#!/usr/bin/python3
"""Fetches the secrets of this machine from Secret Manager into memory, with the machine's own service account.

What to fetch is in the instance's metadata: the attribute fleet-files (JSON, path -> text) has a file
/etc/fleet/secrets.json (JSON, env file -> variable -> projects/<project>/secrets/<name>, and for what is kept as it is,
such as a certificate, file -> projects/<project>/secrets/<name>; a file may be in a folder that one container has
mounted, whose users all read it). It is read there and not on the disk, because this
program runs before fleet-apply writes the files.

Replaces all files in /run/fleet/secrets, or none, and then writes the list beside them (/run/fleet/secrets.json),
by which fleet-apply knows whether they are those that its files need. A file that is kept as it is (people made that
secret, and may have disabled it) holds nothing up: the one of before stays, and the list lacks it. Nor does a password
that no call needs (those of measurements): its env file and the list lack the variable. Never prints a value.
Ends with 0, or with 1 after a line for each thing that is wrong; systemd runs it again.
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
FILE = re.compile(r"([a-z][a-z0-9-]*/)?[a-z][a-z0-9-]*\.(?!env$)[a-z]+")
VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")
RESOURCE = re.compile(r"projects/[a-z][a-z0-9-]*/secrets/[A-Za-z0-9_-]+")
# What env files, URLs and configuration languages take without quotes.
VALUE = re.compile(rb"[A-Za-z0-9]+")
# Without one of these there are no calls. Whatever else is missing, the machine starts.
FOR_CALLS = {"jicofo.env", "jvb.env", "prosody-brewery.env", "prosody.env", "web.env"}
LARGEST_FILE = 65_536  # bytes; what Secret Manager takes

CAUSES = {
    400: "its latest version is disabled or destroyed: enable it, or add one by raising secretsVersion",
    401: "the token of the machine was refused",
    403: "the machine's service account may not read it: deploy the machine's stack; a new permission takes minutes",
    404: "there is no such secret, or no version of it yet: deploy the stack of its customer first",
}
# People make these, not the deploy.
FILE_CAUSES = {
    400: "its latest version is disabled or destroyed: enable it, or add one",
    404: "there is no such secret, or no version of it yet: add one",
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


def complain(text):
    for line in text.splitlines():
        print(f"fleet-secrets: {line}", file=sys.stderr, flush=True)


def parsed(text, what):
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Failure(f"{what} is not JSON") from None


def asked_for(bundle):
    """env file -> variable -> resource, and file -> resource, from the text of the attribute fleet-files."""
    files = parsed(bundle, "fleet-files")
    if not isinstance(files, dict) or not isinstance(files.get(SECRETS_FILE), str):
        raise Failure(f"fleet-files has no {SECRETS_FILE}: synthesize and deploy the machine's stack again")
    secrets = parsed(files[SECRETS_FILE], SECRETS_FILE)
    if not isinstance(secrets, dict) or not all(valid(name, wanted) for name, wanted in secrets.items()):
        raise Failure(
            f"{SECRETS_FILE} is not of the form env file -> variable -> projects/<project>/secrets/<name>, "
            "other file -> projects/<project>/secrets/<name>"
        )
    return secrets


def valid(name, wanted):
    if isinstance(wanted, dict):
        variables = all(VARIABLE.fullmatch(variable) for variable in wanted)
        return ENV_FILE.fullmatch(name) and variables and all(map(is_resource, wanted.values()))
    return FILE.fullmatch(name) and is_resource(wanted)


def is_resource(value):
    return isinstance(value, str) and RESOURCE.fullmatch(value)


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
    """Value in bytes and version number, from what Secret Manager answered."""
    try:
        document = json.loads(answer)
        value = base64.b64decode(document["payload"]["data"], validate=True)
        version = re.fullmatch(r"projects/[^/]+/secrets/[^/]+/versions/([0-9]+)", document["name"]).group(1)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        # Without the cause: it may quote the value.
        raise Failure(f"{resource}: Secret Manager gave an answer of an unknown form") from None
    return value, version


def check(value, version, resource, is_file):
    if is_file and not 0 < len(value) <= LARGEST_FILE:
        raise Failure(f"{resource}: version {version} is empty or larger than {LARGEST_FILE} bytes: store another one")
    if not is_file and not VALUE.fullmatch(value):
        raise Failure(
            f"{resource}: version {version} is empty or has other characters than letters and digits "
            "(a line break counts): store one without them"
        )


def fetch(client, server, token, resources, needed):
    """resource -> (value, version), for resource -> whether it is a file. Every one that cannot be had is named.

    The needed ones come all or not at all; another one that Secret Manager does not give is missing in the answer.
    """
    values, failures = {}, []
    for resource, is_file in sorted(resources.items()):
        url = f"{server}/v1/{resource}/versions/latest:access"
        failure = None
        try:
            value, version = value_of(client.get(url, {"Authorization": f"Bearer {token}"}), resource)
            check(value, version, resource, is_file)
            values[resource] = value, version
        except Refused as refusal:
            causes = {**CAUSES, **FILE_CAUSES} if is_file else CAUSES
            cause = causes.get(refusal.status, "an answer that nobody expected")
            failure = f"{resource}: {cause} (HTTP status {refusal.status})"
        except Unavailable as error:
            # The others would wait for nothing.
            failures.append(f"{resource}: Secret Manager does not answer: {error}")
            break
        except Failure as error:
            failure = str(error)
        if failure and resource in needed:
            failures.append(failure)
        elif failure:
            complain(failure)
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


def replace_files(directory, contents, kept):
    """New files lie beside the old ones before the first is replaced: a full tmpfs leaves the old set. Removes what is
    neither new nor kept. Folders stay, for containers have them mounted."""
    for folder in {os.path.dirname(f"{directory}/{name}") for name in kept}:
        os.makedirs(folder, exist_ok=True)
        if folder != directory:
            os.chmod(folder, 0o755)
    try:
        for name, content in contents.items():
            # docker compose and other programs of ours read them, as root; nobody else gets past the directory but a
            # container that has a folder in it mounted, and it runs as whom it likes.
            opened = os.open(f"{directory}/{name}.new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with open(opened, "wb") as file:
                file.write(content)
                os.fchmod(opened, 0o644 if "/" in name else 0o600)
        for name in contents:
            os.replace(f"{directory}/{name}.new", f"{directory}/{name}")
    finally:
        for name in files_in(directory):
            if name.endswith(".new"):
                os.unlink(f"{directory}/{name}")
    for name in files_in(directory) - set(contents) - kept:
        os.unlink(f"{directory}/{name}")


def files_in(directory):
    """Names below the directory."""
    found = {os.path.join(path, name) for path, _, names in os.walk(directory) for name in names}
    return {os.path.relpath(path, directory) for path in found}


def content_of(wanted, values):
    """Bytes of a file: a secret as it is, or a line for each variable."""
    if isinstance(wanted, str):
        return values[wanted][0]
    lines = (f"{variable}={values[resource][0].decode()}\n" for variable, resource in sorted(wanted.items()))
    return "".join(lines).encode()


def what_is_there(wanted, values):
    """The variables that have a value, or the file's resource; None for a file that has none."""
    if isinstance(wanted, str):
        return wanted if wanted in values else None
    return {variable: resource for variable, resource in wanted.items() if resource in values}


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
    resources = {wanted: True for wanted in secrets.values() if isinstance(wanted, str)}
    for variables in secrets.values():
        if isinstance(variables, dict):
            resources.update(dict.fromkeys(variables.values(), False))
    needed = {resource for name in FOR_CALLS & set(secrets) for resource in secrets[name].values()}
    values = fetch(client, options.secret_manager, metadata.token(), resources, needed)
    had = {name: what_is_there(wanted, values) for name, wanted in secrets.items()}
    had = {name: wanted for name, wanted in had.items() if wanted is not None}
    replace_files(directory, {name: content_of(wanted, values) for name, wanted in had.items()}, set(secrets))
    with open(f"{options.root}{FETCHED_FILE}", "w", encoding="utf-8") as file:
        file.write(parsed(bundle, "fleet-files")[SECRETS_FILE] if had == secrets else json.dumps(had))
    versions = ", ".join(f"{name.rpartition('/')[2]} version {version}" for name, (_, version) in values.items())
    print(f"fleet-secrets: {' '.join(sorted(had))} from {versions}", flush=True)


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
        complain(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
