#!/usr/bin/python3
"""Brings a running bridge up to date. Terraform uploads this program and runs it over SSH, as root, at each push.

  fleet-push push JOB SECRETS   images, drain, programs, secrets, files, health, release
  fleet-push leave              before the machine is removed: drain, then move whoever is left
  fleet-push restore            at boot: the secrets that the last push brought

JOB (JSON): files (path -> text, programs among them), secretsVersion, secretsCommand (what sets the secrets).
SECRETS (JSON): env file -> variable -> {from, value, version: {of, from, value}}; a value is null when the person who
deploys has not set it, and its version is held against the one of that customer in secretsVersion (abc=1 xyz=2).

A push that changes nothing for the bridge does not drain it. A drained bridge takes no new calls, also after a restart
or a reboot, until a push releases it. Ends with 0, or with 1 after a line that says what failed and how the bridge is.

  /var/lib/fleet/bridge/draining   while it is there, the bridge starts drained; says on whose behalf
  /var/lib/fleet/secrets.json      the secrets of the last push that succeeded, for the next boot; root only
"""

import argparse
import contextlib
import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request

ROOT = os.environ.get("FLEET_TRIAL_ROOT", "")  # stands for / in a trial
BRIDGE = os.environ.get("FLEET_TRIAL_BRIDGE", "http://127.0.0.1:8080")

ETC = ROOT + "/etc/fleet"
DRAINING = ROOT + "/var/lib/fleet/bridge/draining"
KEPT = ROOT + "/var/lib/fleet/secrets.json"
SECRETS = ROOT + "/run/fleet/secrets"
APPLY = ROOT + "/usr/local/sbin/fleet-apply"
UNIT = ROOT + "/etc/systemd/system/fleet-secrets.service"

UNIT_TEXT = """[Unit]
Description=Passwords of this machine, from the last push into /run/fleet/secrets (memory)
Before=fleet.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/fleet-push restore

[Install]
# Not RequiredBy: a restart of this unit would stop the services.
WantedBy=fleet.service
"""

ENV_FILE, VARIABLE = re.compile(r"[a-z][a-z0-9-]*\.env"), re.compile(r"[A-Z][A-Z0-9_]*")
# What env files, URLs and configuration languages take without quotes.
VALUE = re.compile(r"[A-Za-z0-9]+")
PROGRAM = re.compile(r"/etc/fleet/programs/(fleet-[a-z-]+)")
IMAGE = re.compile(r"""(?:^|[\s{])image: ["']?([^\s,"'}]+)""")

# Seconds. The bridge leaves 45 seconds after it was told to; it is in the brewery 7 to 10 seconds after its start.
LEAVE_TIME, REPORT_EVERY, JOIN_TIME = 75, 60, 30
# Jicofo hears within 5 seconds that a bridge is drained, and sends it callers until then.
JICOFO_KNOWS = float(os.environ.get("FLEET_TRIAL_JICOFO_KNOWS", "6"))


# What the file DRAINING says: a push is not finished ("push 2": the bridge was in 2 breweries before it), or the pool's
# data want it.
UNDER_WAY, ON_PURPOSE = "push", "draining"


PARTLY = 70  # of fleet-apply: what calls need runs


class Failure(Exception):
    """What went wrong, and what to do."""


def say(text):
    print(f"fleet-push: {text}", flush=True)


def replace(path, text, mode):
    """Replaces the file in one step; who may not read it never could."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        os.unlink(f"{path}.new")
    with open(os.open(f"{path}.new", os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(f"{path}.new", path)


def read(path):
    """Text of a file, or None where there is none."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError), open(path, encoding="utf8") as file:
        return file.read()
    return None


def ask(path, body=None, method="GET"):
    """Status and text of the bridge's answer, or None when none runs."""
    headers = {"Content-Type": "application/json"} if body else {}
    request = urllib.request.Request(BRIDGE + path, body and json.dumps(body).encode(), headers, method=method)
    try:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # no proxy, whatever the environment says
        with opener.open(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, ""
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, ConnectionError):
            return None
        raise Failure(f"the bridge hangs ({path}: {reason}); if it is beyond help: docker restart fleet-jvb-1") from error


def stats():
    """Statistics of the bridge; None when none runs."""
    answer = ask("/colibri/stats")
    if answer is None:
        return None
    if answer[0] != 200:
        raise Failure(f"the bridge answers {answer[0]} to /colibri/stats; see `docker logs fleet-jvb-1`")
    return json.loads(answer[1])


def tell(path, body=None):
    answer = ask(path, body, "POST")
    if answer is None or answer[0] != 200:
        raise Failure(f"the bridge answers {answer[0] if answer else 'nothing'} to {path}; see `docker logs fleet-jvb-1`")


def mark_draining(why):
    """From here on the bridge takes no new calls, whatever becomes of its process, of this program or of the machine."""
    replace(DRAINING, why, 0o644)
    if stats() is not None:
        tell("/colibri/drain/enable")
        time.sleep(JICOFO_KNOWS)


def drained_by():
    """On whose behalf the bridge is drained, and in how many breweries it was before a push that is not finished."""
    why, *joined = (read(DRAINING) or "").split()[:2] or [None]
    return why, int(joined[0]) if joined else None


def breweries_joined():
    """In how many breweries the bridge is; None when none runs."""
    with contextlib.suppress(Failure):
        now = stats()
        return now and now["mucs_joined"]
    return None


def release():
    tell("/colibri/drain/disable")
    with contextlib.suppress(FileNotFoundError):
        os.unlink(DRAINING)


def condition():
    """How the bridge is, for a person who reads about a failure."""
    if read(DRAINING) is None:
        return "the bridge is as it was"
    runs = True
    with contextlib.suppress(Failure):
        runs = ask("/about/health") is not None
    return "the bridge takes no new calls until a push succeeds, and " + ("its calls go on" if runs else "does not run")


def empty(minutes):
    """Waits until nobody is on the bridge; at the deadline Jicofo is made to move whoever is left."""
    deadline, reported = time.monotonic() + 60 * minutes, None
    while (now := stats()) and (users := now["local_endpoints"]):
        if time.monotonic() >= deadline:
            return move_away(users, minutes)
        if reported is None or time.monotonic() - reported >= REPORT_EVERY:
            reported = time.monotonic()
            say(f"drain: {users} on the bridge, {max(0, round((deadline - reported) / 60))} minutes left")
        time.sleep(1)
    return say("drain: " + ("nobody is on the bridge" if now else "no bridge runs"))


def move_away(users, minutes):
    say(f"drain: {users} on the bridge after {minutes} minutes; Jicofo moves them to other bridges")
    tell("/colibri/shutdown", {"graceful-shutdown": False})
    end = time.monotonic() + LEAVE_TIME
    while ask("/about/health"):
        if time.monotonic() > end:
            raise Failure(f"the bridge still runs {LEAVE_TIME} seconds after it was told to leave; stop it by hand")
        time.sleep(1)


def given(path):
    """What was uploaded, which does not stay."""
    try:
        return json.loads(read(path) or "")
    except ValueError as error:
        raise Failure(f"{path} is not what Terraform uploads; deploy again") from error
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)


def chosen(uploaded, job):
    """env file -> variable -> value: what was brought, else what is here already and of the same version."""
    missing = sorted({each["from"] for file in uploaded.values() for each in file.values() if each["value"] is None})
    version, kept = job["secretsVersion"], json.loads(read(KEPT) or "{}")
    wanted = {name: sorted(variables) for name, variables in uploaded.items()}
    if missing:
        if kept.get("version") == version and {name: sorted(at) for name, at in kept["files"].items()} == wanted:
            return kept["files"]
        raise Failure(
            f"no value for {', '.join(missing)}: run  {job['secretsCommand']}  in the shell that deploys, then deploy again"
        )
    check_versions(uploaded, job)
    files = {name: {key: each["value"] for key, each in file.items()} for name, file in uploaded.items()}
    for name, file in files.items():
        for key, value in file.items():
            if not (ENV_FILE.fullmatch(name) and VARIABLE.fullmatch(key) and VALUE.fullmatch(value)):
                raise Failure(f"{uploaded[name][key]['from']} has other characters than letters and digits; correct it")
    return files


def check_versions(uploaded, job):
    """A shell keeps what it was given before a rotation: such a value would take the bridge's calls and not log it in."""
    wanted = dict(each.split("=") for each in job["secretsVersion"].split())
    faults = set()
    for each in (each for file in uploaded.values() for each in file.values()):
        version = each["version"]
        if str(version["value"]) != wanted[version["of"]]:
            found = "is not set" if version["value"] is None else f"is {version['value']}"
            faults.add(f"{each['from']} ({version['from']} {found} and has to be {wanted[version['of']]})")
    if faults:
        raise Failure(
            f"not of the version to deploy: {', '.join(sorted(faults))}: "
            f"run  {job['secretsCommand']}  in the shell that deploys, then deploy again"
        )


def env_texts(files):
    return {name: "".join(f"{key}={value}\n" for key, value in sorted(file.items())) for name, file in files.items()}


def write_secrets(files):
    """All env files, in memory."""
    texts = env_texts(files)
    os.makedirs(SECRETS, mode=0o700, exist_ok=True)
    for name in set(os.listdir(SECRETS)) - texts.keys():
        os.unlink(f"{SECRETS}/{name}")
    for name, text in texts.items():
        replace(f"{SECRETS}/{name}", text, 0o600)


def current_files():
    """Path below /etc/fleet -> text of the set that runs."""
    files = {}
    for folder, _, names in os.walk(os.path.realpath(ETC)):
        for path in (os.path.join(folder, name) for name in names):
            files["/etc/fleet" + path[len(os.path.realpath(ETC)) :]] = read(path)
    return files


def changes(job, secrets):
    """What of the push restarts the bridge. A change of the compose file may be of another service; that is no harm."""
    now, new = current_files(), job["files"]
    changed = {path for path in now.keys() | new.keys() if now.get(path) != new.get(path)}
    found = sorted(path for path in changed if re.match(r"/etc/fleet/(compose\.yaml$|jvb[./])", path))
    bridge = "jvb.env"  # others have secrets, too
    return found + ([bridge] if read(f"{SECRETS}/{bridge}") != env_texts(secrets).get(bridge) else [])


def fetch_images(compose):
    """Images come before the drain: a tag that the registry does not have, or a registry that is away, costs no call."""
    for image in sorted(set(IMAGE.findall(compose))):
        if subprocess.run(["docker", "image", "inspect", image], capture_output=True, check=False).returncode:
            run("docker", "pull", "--quiet", image)


def install(files):
    """Puts the programs in their place before they are used: the fleet-apply of this push applies it."""
    for name, text in ((PROGRAM.fullmatch(path), text) for path, text in files.items()):
        if name and read(f"{ROOT}/usr/local/sbin/{name[1]}") != text:
            replace(f"{ROOT}/usr/local/sbin/{name[1]}", text, 0o755)
    if read(UNIT) != UNIT_TEXT:
        replace(UNIT, UNIT_TEXT, 0o644)
        run("systemctl", "daemon-reload")
        run("systemctl", "enable", "fleet-secrets.service")


def run(*words):
    """Runs a command; its output goes to the log of the deploy."""
    code = subprocess.run(words, stdin=subprocess.DEVNULL, stderr=subprocess.STDOUT, check=False).returncode
    if code == PARTLY and APPLY in words:
        say("telemetry does not run, calls do; the next push or boot tries again; see above")
    elif code:
        name = "fleet-apply" if APPLY in words else words[0]
        raise Failure(f"{name} ended with {code}; its words are above")


def wait_for_boot(seconds):
    """First boot goes on for minutes after SSH answers."""
    if shutil.which("cloud-init"):
        # It also ends with an error when a service waits for its secrets, which is right at this point.
        subprocess.run(["cloud-init", "status", "--wait"], stdout=subprocess.DEVNULL, check=False, timeout=seconds)
    end = time.monotonic() + seconds
    while read(ROOT + "/run/fleet/host.env") is None:
        if time.monotonic() > end:
            raise Failure("fleet.service did not start; see `journalctl -u fleet -u cloud-final`")
        time.sleep(1)


def apply(files):
    bundle = ROOT + "/run/fleet/push.json"
    replace(bundle, json.dumps(files), 0o600)
    run(sys.executable, "-IS", APPLY, "apply", bundle, *(["--root", ROOT] if ROOT else []))
    os.unlink(bundle)


def wait_until_healthy(seconds, joined_before):
    """All breweries get some time; then as many do as before: the server of one customer may be down, and others call."""
    begin = time.monotonic()
    while fault := health_fault(joined_before if time.monotonic() - begin > min(seconds, JOIN_TIME) else None):
        if time.monotonic() - begin > seconds:
            raise Failure(f"the bridge is not healthy after {seconds} seconds: {fault}; see `docker logs fleet-jvb-1`")
        time.sleep(1)
    now = stats()
    if now["mucs_joined"] < now["mucs_configured"]:
        say(
            f"health: in {now['mucs_joined']} of {now['mucs_configured']} breweries, and in {joined_before} before the push: "
            "is the server of every customer up, the password right?"
        )


def health_fault(joined_before):
    """What keeps the bridge from taking calls, or None. Joined before is None: all breweries count."""
    try:
        health, now = ask("/about/health"), stats()
    except Failure as failure:
        return failure
    if not health or not now:
        return "it does not run"
    if health[0] != 200:
        return f"its health check answers {health[0]}"
    joined, configured = now["mucs_joined"], now["mucs_configured"]
    # Never none: a bridge that was in no brewery says nothing about the password.
    if joined < (configured if joined_before is None else min(configured, max(1, joined_before))):
        before = "" if joined_before is None else f", and was in {joined_before} before the push"
        return f"it is in {joined} of {configured} breweries{before}: is the server up, the password right?"
    return None


def push(options, step):
    step("job")
    uploaded, job = given(options.secrets), given(options.job)
    secrets = chosen(uploaded, job)
    step("boot")
    wait_for_boot(options.boot_seconds)
    restarting = changes(job, secrets)
    step("images")
    fetch_images(job["files"].get("/etc/fleet/compose.yaml", ""))
    step("drain")
    why, joined_before = drained_by()
    if why != UNDER_WAY:  # else the bridge may be in fewer for what the push before this one brought
        joined_before = breweries_joined()
    if restarting or why == UNDER_WAY:  # a push that was cut off may not have come to its restart
        mark_draining(UNDER_WAY if joined_before is None else f"{UNDER_WAY} {joined_before}")
        empty(options.drain_minutes)
    elif options.stay_drained:
        mark_draining(ON_PURPOSE)
    step("programs")
    install(job["files"])
    step("secrets")
    write_secrets(secrets)
    step("apply")
    apply(job["files"])
    step("health")
    wait_until_healthy(options.health_seconds, joined_before)
    # Not before: a machine has a version when its bridge got in with it.
    replace(KEPT, json.dumps({"version": job["secretsVersion"], "files": secrets}), 0o600)
    if options.stay_drained:
        if read(DRAINING) != ON_PURPOSE:
            mark_draining(ON_PURPOSE)
        return say(f"done: drained, and stays so; {stats()['local_endpoints']} on the bridge")
    step("release")
    release()
    return say("done: takes calls" + (f"; changed: {', '.join(restarting)}" if restarting else "; it had everything"))


def leave(options, step):
    step("drain")
    if stats() is None:
        return say("no bridge runs: nothing to drain")
    mark_draining(ON_PURPOSE)
    return empty(options.drain_minutes)


def restore(_options, step):
    step("secrets")
    kept = read(KEPT)
    if kept is None:
        return say("no push has brought secrets yet")
    return write_secrets(json.loads(kept)["files"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--machine", default=os.uname().nodename, help="name and address for messages")
    parser.add_argument("--again", default="deploy again", help="what to do after a failure")
    parser.add_argument("--drain-minutes", type=int, default=60)
    commands = parser.add_subparsers(dest="command", required=True)
    pushed = commands.add_parser("push")
    pushed.add_argument("job")
    pushed.add_argument("secrets")
    pushed.add_argument("--stay-drained", action="store_true")
    pushed.add_argument("--boot-seconds", type=int, default=900)
    pushed.add_argument("--health-seconds", type=int, default=180)
    for name in ("leave", "restore"):
        commands.add_parser(name)
    options, at = parser.parse_args(), [""]
    os.umask(0o022)
    try:
        {"push": push, "leave": leave, "restore": restore}[options.command](options, lambda name: at.__setitem__(0, name))
    except (Failure, OSError, subprocess.SubprocessError, LookupError, TypeError, ValueError) as error:
        reason = error if isinstance(error, Failure) else f"{type(error).__name__}: {error}"
        say(f"{options.machine}: step {at[0]} failed: {reason}. Now {condition()}. Then {options.again}.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
