"""A docker with compose that keeps its containers in a file, for trials of fleet-apply.

It does what compose 2.24 does with the words that fleet-apply says: `config` refuses unknown properties and env files
that are not there; `up` leaves a container alone whose definition, environment and labels are as they were, and removes
orphans when told so; one with the label fleet.ends has ended at once, and `up` runs it again; a bind mount is resolved when the container starts, shows up in the mountinfo of its process, and
a source that does not exist becomes a directory. Compose files are read as JSON, which is YAML too.

FAKE_DOCKER is its directory: containers.json, calls.log (a pull with the login that it had), and two files that a test
writes: `away` (no daemon) and `broken-<service>` (its text is the error of `up`). FAKE_ROOT stands for /.
"""

import json
import os
import sys

HOME, ROOT = os.environ["FAKE_DOCKER"], os.environ["FAKE_ROOT"]
PROPERTIES = {"image", "env_file", "volumes", "depends_on", "entrypoint", "labels", "ports", "networks", "network_mode", "restart",
              "read_only", "tmpfs", "healthcheck", "user", "cap_drop", "security_opt", "mem_limit", "memswap_limit",
              "oom_score_adj", "cpu_shares", "cpus"}


def fail(code, text):
    print(text, file=sys.stderr)
    sys.exit(code)


def local(path):
    return path if path.startswith(ROOT) else ROOT + path


def load(files, environment):
    with open(files[0], encoding="utf8") as file:
        text = file.read()
    if not text:
        fail(14, "empty compose file")
    try:
        services = json.loads(text)["services"]
    except (ValueError, LookupError) as error:
        fail(15, f"yaml: {error}")
    for name, service in services.items():
        for key in service.keys() - PROPERTIES:
            fail(15, f"validating {files[0]}: services.{name} Additional property {key} is not allowed")
        if "image" not in service:
            fail(15, f'service "{name}" has neither an image nor a build context specified: invalid compose project')
        service["environment"] = {}
        for path in service.pop("env_file", []) if environment else []:
            try:
                with open(local(path), encoding="utf8") as file:
                    lines = [line for line in file.read().splitlines() if "=" in line and not line.startswith("#")]
            except OSError:
                fail(14, f"env file {path} not found: stat {path}: no such file or directory")
            service["environment"].update(line.split("=", 1) for line in lines)
        volumes = [volume.split(":") for volume in service.get("volumes", [])]
        service["volumes"] = [{"type": "bind", "source": parts[0], "target": parts[1]} for parts in volumes]
    for path in files[1:]:
        with open(path, encoding="utf8") as file:
            for name, service in json.load(file)["services"].items():
                services[name].setdefault("labels", {}).update(service["labels"])
    return services


def save(containers):
    with open(f"{HOME}/containers.new", "w", encoding="utf8") as file:
        json.dump(containers, file)
    os.replace(f"{HOME}/containers.new", f"{HOME}/containers.json")


def content(path):
    if os.path.isdir(path):
        return {name: content(os.path.join(path, name)) for name in os.listdir(path)}
    with open(path, encoding="utf8", newline="") as file:
        return file.read()


def remove(containers, name):
    del containers[name]
    save(containers)
    bury(containers)


def bury(containers):
    """Takes the processes away that are no container's, also those that a kill left half made."""
    alive = {container["pid"] for container in containers.values()}
    for pid in os.listdir(f"{ROOT}/proc") if os.path.isdir(f"{ROOT}/proc") else []:
        if pid not in alive and os.path.exists(f"{ROOT}/proc/{pid}/mountinfo"):
            os.unlink(f"{ROOT}/proc/{pid}/mountinfo")


def free_pid():
    """No process gets the number of another one, nor of one that was there: a trial starts thousands."""
    while True:
        pid = str(10_000 + int.from_bytes(os.urandom(3), "big"))
        if not os.path.exists(f"{ROOT}/proc/{pid}"):
            return pid


def up(containers, services, name):
    service = services[name]
    definition = {key: value for key, value in service.items() if key != "depends_on"}
    config = json.dumps(definition, sort_keys=True)
    existing = containers.get(name)
    ends = "fleet.ends" in service.get("labels", {})
    if existing and existing["config"] == config and (ends or existing["state"] == "running"):
        existing["runs"] += 1 if ends else 0
        return save(containers)
    if os.path.exists(f"{HOME}/broken-{name}"):
        fail(1, content(f"{HOME}/broken-{name}"))
    if existing:
        remove(containers, name)
    pid = free_pid()
    mounts, sees = [], {}
    for volume in service["volumes"]:
        source = os.path.realpath(local(volume["source"]))
        if not os.path.exists(source):
            os.makedirs(source)
        mounts.append(f"36 35 98:0 {source} {volume['target']} rw,noatime - ext4 /dev/root rw\n")
        sees[volume["target"]] = content(source)
    if not ends:
        os.makedirs(f"{ROOT}/proc/{pid}")
        with open(f"{ROOT}/proc/{pid}/mountinfo", "w", encoding="utf8") as file:
            file.writelines(mounts)
    containers[name] = {"id": os.urandom(32).hex(), "pid": pid, "config": config, "state": "exited" if ends else "running",
                        "runs": 1, "ends": "true" if ends else "", "sees": sees,
                        "environment": service["environment"], "image": service["image"]}
    save(containers)


def login(words):
    """What docker shows a registry when it pulls, where it was told of a login."""
    folder = os.environ.get("DOCKER_CONFIG")
    return ["with", content(f"{folder}/config.json")] if folder and "pull" in words else []


def main(words):
    with open(f"{HOME}/calls.log", "a", encoding="utf8") as file:
        file.write(" ".join([*words, *login(words)]) + "\n")
    if words == ["compose", "version"]:
        return print("Docker Compose version 2.24.6")
    if "config" not in words and os.path.exists(f"{HOME}/away"):
        fail(1, "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?")
    containers = {}
    if os.path.exists(f"{HOME}/containers.json"):
        with open(f"{HOME}/containers.json", encoding="utf8") as file:
            containers = json.load(file)
    bury(containers)
    if words[0] == "ps":
        for name, container in containers.items():
            print(name, container["state"], container["id"], container["ends"])
        return None
    if words == ["image", "prune", "--all", "--force"]:
        return print("Total reclaimed space: 0B")
    files = [words[place + 1] for place, word in enumerate(words) if word == "-f"]
    command = words[2 * len(files) + 3 :]
    if command == ["config", "--format", "json"]:
        return print(json.dumps({"name": "fleet", "services": load(files, True)}))
    if command[:4] == ["pull", "--quiet", "--policy", "missing"]:
        unknown = set(command[4:]) - load(files, False).keys()
        return fail(1, f"no such service: {unknown}") if unknown else None
    if command[:-1] == ["up", "--detach", "--no-deps", "--remove-orphans"]:
        services = load(files, True)
        for name in [name for name in containers if name not in services]:
            remove(containers, name)
        return up(containers, services, command[-1])
    return fail(125, f"unknown command: docker {' '.join(words)}")


main(sys.argv[1:])
