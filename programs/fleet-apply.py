#!/usr/bin/python3
"""Starts the services of this machine from its files.

  fleet-apply google   the files come from the instance's metadata (attribute fleet-files: JSON, path -> text)
  fleet-apply linode   the files are on disk already: cloud-init wrote them

Ends with 0, with 65 (files refused, nothing written) or with 69 (something did not answer: try again).
"""

import argparse
import http.client
import json
import os
import re
import subprocess
import sys
import urllib.request

REFUSED = 65
TRY_AGAIN = 69

COMPOSE = "/etc/fleet/compose.yaml"
HOST_ENV = "/run/fleet/host.env"
# Every element starts with a letter or a digit: no hidden files and no "..".
PATH = re.compile(r"/etc/fleet(/[A-Za-z0-9][A-Za-z0-9._-]*)+")


class Failure(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def ask(url, headers, method="GET"):
    request = urllib.request.Request(url, headers=headers, method=method)
    try:
        # No proxy, whatever the environment says.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=10) as answer:
            return answer.read().decode()
    except (OSError, http.client.HTTPException, UnicodeDecodeError) as error:
        raise Failure(TRY_AGAIN, f"{url}: {error}") from error


def checked(bundle):
    """The bundle as path -> bytes, or a refusal."""
    try:
        files = json.loads(bundle)
        if not isinstance(files, dict):
            raise ValueError("not an object of path -> text")
        for path, text in files.items():
            if not PATH.fullmatch(path):
                raise ValueError(f"{path!r} is not below /etc/fleet")
            if not isinstance(text, str):
                raise ValueError(f"{path} has no text")
            if any(other.startswith(f"{path}/") for other in files):
                raise ValueError(f"{path} is a file and a directory")
        if COMPOSE not in files:
            raise ValueError(f"{COMPOSE} is missing")
        return {path: text.encode() for path, text in files.items()}
    except (ValueError, RecursionError) as error:
        raise Failure(REFUSED, f"fleet-files refused: {error}") from error


def write(path, content):
    """Replaces the file in one step: a power loss leaves the old content or the new one."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(f"{path}.new", "wb") as file:
        os.fchmod(file.fileno(), 0o644)  # the containers' uid 1000 reads it
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(f"{path}.new", path)


def on_google(server):
    """Files, name and public address of this instance."""

    def get(key):
        return ask(f"{server}/computeMetadata/v1/instance/{key}", {"Metadata-Flavor": "Google"})

    files = checked(get("attributes/fleet-files"))
    return files, get("name"), get("network-interfaces/0/access-configs/0/external-ip")


def on_linode(server):
    """No files, name and public address of this Linode."""
    token = ask(f"{server}/v1/token", {"Metadata-Token-Expiry-Seconds": "300"}, "PUT")
    headers = {"Metadata-Token": token, "Accept": "application/json"}
    instance, network = (json.loads(ask(f"{server}/v1/{key}", headers)) for key in ("instance", "network"))
    return {}, instance["label"], network["ipv4"]["public"][0].split("/")[0]


SOURCES = {
    "google": (on_google, "http://metadata.google.internal"),
    "linode": (on_linode, "http://169.254.169.254"),
}


def host_env(name, address):
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name):
        raise Failure(TRY_AGAIN, f"the machine has no name: {name!r}")
    if not re.fullmatch(r"[0-9]+(\.[0-9]+){3}", address):
        raise Failure(TRY_AGAIN, f"the machine has no public IPv4 address: {address!r}")
    return f"FLEET_INSTANCE={name}\nJVB_ADVERTISE_IPS={address}\n".encode()


def apply(source, root, server):
    read, default_server = SOURCES[source]
    try:
        files, name, address = read(server or default_server)
        files[HOST_ENV] = host_env(name, address)
    except (LookupError, TypeError, ValueError) as error:
        raise Failure(TRY_AGAIN, f"metadata of an unknown form: {error!r}") from error
    for path, content in files.items():
        write(root + path, content)
    command = ["docker", "compose", "-f", root + COMPOSE, "up", "-d", "--remove-orphans"]
    try:
        subprocess.run(command, check=True)
    except subprocess.CalledProcessError as error:
        raise Failure(TRY_AGAIN, f"docker compose up ended with {error.returncode}") from error
    print(f"fleet-apply: {name} at {address} runs {COMPOSE}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("source", choices=list(SOURCES))
    parser.add_argument("--root", default="", help="stands for / in a trial")
    parser.add_argument("--metadata", help="metadata server in a trial")
    options = parser.parse_args()
    try:
        apply(options.source, options.root, options.metadata)
    except (Failure, OSError) as error:
        print(f"fleet-apply: {error}", file=sys.stderr)
        return getattr(error, "code", TRY_AGAIN)
    return 0


if __name__ == "__main__":
    sys.exit(main())
