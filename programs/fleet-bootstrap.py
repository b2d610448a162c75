#!/usr/bin/python3
"""Brings the programs of a Google machine at its first boot; from then on fleet-apply replaces them, itself among them.

They are in the instance's metadata: the attribute fleet-files (JSON, path -> text) has files /etc/fleet/programs/<name>.
Asks until it has them. Programs that are there already stay: this is for a machine that has none.
"""

import argparse
import http.client
import json
import os
import sys
import time
import urllib.request

PROGRAMS, INSTALLED = "/etc/fleet/programs/", "/usr/local/sbin/"
# No proxy, whatever the environment says.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def programs(server):
    """Name -> bytes."""
    url = f"{server}/computeMetadata/v1/instance/attributes/fleet-files"
    with OPENER.open(urllib.request.Request(url, headers={"Metadata-Flavor": "Google"}), timeout=10) as answer:
        files = json.loads(answer.read())
    found = {path.removeprefix(PROGRAMS): text.encode() for path, text in files.items() if path.startswith(PROGRAMS)}
    if "fleet-apply" not in found:
        raise ValueError(f"fleet-files has no {PROGRAMS}fleet-apply")
    return found


def install(directory, found):
    """fleet-apply comes last: where it is, all are."""
    for name in sorted(found, key="fleet-apply".__eq__):
        path = f"{directory}{os.path.basename(name)}"
        with open(f"{path}.new", "wb") as file:
            file.write(found[name])
            file.flush()
            os.fsync(file.fileno())
        os.chmod(f"{path}.new", 0o755)
        os.replace(f"{path}.new", path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", default="", help="stands for / in a trial")
    parser.add_argument("--metadata", default="http://metadata.google.internal", help="metadata server in a trial")
    parser.add_argument("--pause", type=float, default=5, help="seconds between two questions (default 5)")
    options = parser.parse_args()
    directory = options.root + INSTALLED
    while not os.path.exists(f"{directory}fleet-apply"):
        try:
            install(directory, programs(options.metadata))
        except (OSError, ValueError, AttributeError, http.client.HTTPException) as error:
            print(f"fleet-bootstrap: {error}; asking again in {options.pause} seconds", file=sys.stderr, flush=True)
            time.sleep(options.pause)


if __name__ == "__main__":
    main()
