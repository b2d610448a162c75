#!/usr/bin/python3
"""Runs the services of this machine from one set of files.

  fleet-apply google           the files are in the instance's metadata: the attribute fleet-files (JSON, path -> text),
                               and fleet-files-compressed (the same, gzip in base64), where one value is too small
  fleet-apply google --watch   the same, then waits for changes and follows them; never ends by itself
  fleet-apply linode           the files are on disk: cloud-init wrote them, or `apply` did
  fleet-apply apply FILE       the files are in FILE, in the form that fleet-files has

Ends with 0, with 65 (files refused: the set on disk stays and runs), with 69 (something did not answer: try again) or
with 70 (what calls need runs, but something beside them, such as telemetry, does not or lacks a secret: try again).
A run that was cut off at any point is finished or forgotten by the next one.

  /etc/fleet               link to the current set: one rename changes all files
  /etc/fleet.d/<set>       sets; each was on the disk completely before the link named it
  /run/fleet/host.env      name of the machine, on Google its number, its zone (Linode: region), its public address
  /run/fleet/secrets       passwords, and beside it secrets.json: the list that they were fetched for
  /run/fleet/status.json   what the last run did, in numbers and words that Telegraf reads
  /run/fleet/labels.json   second compose file: a label per service that says which mounted files it started with
  /usr/local/sbin          the programs of the set (/etc/fleet/programs), this one among them: a watch that is replaced
                           ends, and systemd starts the new one
"""

import argparse
import base64
import contextlib
import fcntl
import glob
import hashlib
import http.client
import itertools
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import zlib

REFUSED, TRY_AGAIN, PARTLY = 65, 69, 70

ETC = "/etc/fleet"
SETS = "/etc/fleet.d"
COMPOSE = "/etc/fleet/compose.yaml"
HOST_ENV = "/run/fleet/host.env"
LABELS = "/run/fleet/labels.json"
PROGRAMS, INSTALLED = "/etc/fleet/programs/", "/usr/local/sbin/"
STATUS = "/run/fleet/status.json"
WANTED_SECRETS, FETCHED_SECRETS = "/etc/fleet/secrets.json", "/run/fleet/secrets.json"
SECRETS_UNIT = "fleet-secrets.service"
REGISTRY_LOGIN = "/run/fleet/secrets/registry.json"

FILES, COMPRESSED = "fleet-files", "fleet-files-compressed"
LARGEST_BUNDLE = 262_144  # bytes; what Google takes as one metadata value
# Bytes of an answer, and of what is unpacked. All attributes are at most 512 KB; JSON may escape each character.
LARGEST_TEXT = 4_194_304
# Every element starts with a letter or a digit: no hidden files and no "..".
PATH = re.compile(r"/etc/fleet(/[A-Za-z0-9][A-Za-z0-9._-]*)+")

PROJECT = "fleet"
# Who is logged in to comes before who logs in: Jicofo and the bridges find both Prosodys up, and a page that is loaded
# anew finds a Jicofo. The bridge is last: until then its calls run on. Others (telemetry) follow, by name.
ORDER = ["prosody-brewery", "prosody", "jicofo", "web", "jvb"]

# Seconds. Docker's is below the unit's TimeoutStartSec, and long enough to pull the images.
LONGEST_WAIT, LONGEST_PAUSE, ANSWER_TIMEOUT, DOCKER_TIMEOUT = 300, 120, 10, 840
FETCH_TIMEOUT = 90  # one attempt of fleet-secrets, which is patient for 60


class Failure(Exception):
    """Something to try again."""

    code = TRY_AGAIN


class Away(Failure):
    """The metadata server gave no answer."""


class Refusal(Failure):
    """These files will never do."""

    code = REFUSED


class Lesser(Failure):
    """Calls do without it."""

    code = PARTLY


def log(action, **fields):
    """One line per action in the journal: `fleet-apply: action=recreate service=web`; errors with their priority."""
    words = ["fleet-apply:", f"action={action}"]
    for key, value in fields.items():
        text = ",".join(value) if isinstance(value, list) else str(value)
        words.append(f"{key}={text if re.fullmatch('[a-zA-Z0-9_.,-]+', text) else json.dumps(text)}")
    wrong = action in ("refuse", "fail", "retry")
    priority = "<3>" if wrong and "JOURNAL_STREAM" in os.environ else ""
    print(priority + " ".join(words), file=sys.stderr if wrong else sys.stdout, flush=True)


def sync(directory):
    """After this the names in the directory survive a power loss."""
    handle = os.open(directory, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def write(path, content):
    with open(path, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace(path, content):
    """Replaces the file in one step: who reads it sees the old content or the new one."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    write(f"{path}.new", content)
    os.replace(f"{path}.new", path)


def digest(files):
    """Name of a set, the same for the same files."""
    total = hashlib.sha256()
    for path, content in sorted(files.items()):
        total.update(f"{path}\0{len(content)}\0".encode() + content)
    return total.hexdigest()[:16]


def write_tree(directory, files):
    """Writes path below /etc/fleet -> bytes, and leaves nothing of it to the disk's mercy."""
    shutil.rmtree(directory, ignore_errors=True)
    for path, content in files.items():
        target = directory + path[len(ETC) :]
        os.makedirs(os.path.dirname(target), exist_ok=True)
        write(target, content)
    for folder, _, _ in os.walk(directory):
        sync(folder)


def read_tree(directory):
    """Path below /etc/fleet -> bytes, or None where there is no directory."""
    files = {}
    for folder, _, names in os.walk(directory):
        for path in (os.path.join(folder, name) for name in names):
            with open(path, "rb") as file:
                files[ETC + path[len(directory) :]] = file.read()
    return files if os.path.isdir(directory) else None


class Sets:
    """The sets of files on disk, and the link that names the current one."""

    def __init__(self, root):
        self.link = root + ETC
        self.store = root + SETS
        self.mounts = f"{glob.escape(root)}/proc/[0-9]*/mountinfo"
        os.makedirs(self.store, exist_ok=True)
        sync(os.path.dirname(self.store))
        if not os.path.lexists(self.link) and os.path.isdir(f"{self.store}/adopted"):
            os.rename(f"{self.store}/adopted", self.link)  # cut off within make_current

    def current(self):
        return read_tree(self.link)

    def make_current(self, files):
        """Writes the set beside the others, then changes the link in one step."""
        if os.path.islink(self.link) and self.current() == files:
            return
        directory = self.stored(files)
        log("write", set=os.path.basename(directory), files=len(files), bytes=sum(map(len, files.values())))
        if os.path.isdir(self.link) and not os.path.islink(self.link):
            # Written by cloud-init; no container has run yet.
            shutil.rmtree(f"{self.store}/adopted", ignore_errors=True)
            os.rename(self.link, f"{self.store}/adopted")
        new = f"{self.link}.new"
        with contextlib.suppress(FileNotFoundError):
            os.unlink(new)
        os.symlink(os.path.relpath(directory, os.path.dirname(self.link)), new)
        os.replace(new, self.link)
        sync(os.path.dirname(self.link))
        log("switch", set=os.path.basename(directory))

    def stored(self, files):
        """Directory of the set, written where there is none that is still as it was written."""
        for number in itertools.count():
            directory = f"{self.store}/{digest(files)}-{number}"
            if not os.path.lexists(directory):
                write_tree(f"{self.store}/new", files)
                os.rename(f"{self.store}/new", directory)
                sync(self.store)
            if read_tree(directory) == files:
                return directory

    def remove_others(self):
        """Removes what neither the link names nor a container has mounted: a container that was not restarted, because
        its files are the same in both sets, still reads the set that it started with."""
        keep = {os.path.basename(os.readlink(self.link))} | self.mounted()
        for name in sorted(os.listdir(self.store)):
            if name not in keep:
                shutil.rmtree(f"{self.store}/{name}")
                log("remove", set=name)

    def mounted(self):
        found = set()
        for mounts in glob.glob(self.mounts):
            with contextlib.suppress(OSError), open(mounts, encoding="utf8") as file:  # the process may have ended
                found.update(re.findall(r"/etc/fleet\.d/([^/\s]+)", file.read()))
        return found


def checked(bundle):
    """The bundle (attribute -> bytes) as path -> bytes, or a refusal."""
    files, what = {}, FILES
    try:
        for what, value in sorted(bundle.items()):
            if len(value) > LARGEST_BUNDLE:
                raise ValueError(f"larger than {LARGEST_BUNDLE} bytes")
            part = json.loads((unpacked(value) if what == COMPRESSED else value).decode())
            if not isinstance(part, dict):
                raise ValueError("not an object of path -> text")
            for path, text in part.items():
                # A program that reads only fleet-files finds every path there, those of the other value without text.
                if files.get(path):
                    raise ValueError(f"{path} has a text in {FILES} too")
                check_file(path, text)
                files[path] = text
        for path in files:
            if any(other.startswith(f"{path}/") for other in files):
                raise ValueError(f"{path} is a file and a directory")
        if COMPOSE not in files:
            raise ValueError(f"{COMPOSE} is missing")
        return {path: text.encode() for path, text in files.items()}
    except (ValueError, RecursionError, zlib.error) as error:
        raise Refusal(f"{what}: {error}") from error


def unpacked(value):
    """The text that Terraform's base64gzip() packed."""
    stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
    text = stream.decompress(base64.b64decode(value, validate=True), LARGEST_TEXT + 1)
    if len(text) > LARGEST_TEXT:
        raise ValueError(f"larger than {LARGEST_TEXT} bytes when unpacked")
    if not stream.eof or stream.unused_data:
        raise ValueError("not one whole gzip stream")
    return text


def check_file(path, text):
    if not PATH.fullmatch(path):
        raise ValueError(f"{path!r} is not below {ETC}")
    if not isinstance(text, str):
        raise ValueError(f"{path} has no text")
    if path.startswith(PROGRAMS):
        check_program(path, text)


def check_program(path, text):
    """A program that cannot start could not be replaced by the next one either."""
    if not re.fullmatch(r"fleet-[a-z-]+", path.removeprefix(PROGRAMS)):
        raise ValueError(f"{path} is no name of a program: allowed are fleet-<letters and hyphens>")
    if not text.startswith("#!/usr/bin/python3\n"):
        raise ValueError(f"{path} does not start with #!/usr/bin/python3")
    try:
        compile(text, path, "exec", dont_inherit=True)
    except SyntaxError as error:
        raise ValueError(str(error)) from error


def install(root, files):
    """Puts the programs of the set in their place; those that the set does not have stay."""
    for path, content in files.items():
        target = root + INSTALLED + path.removeprefix(PROGRAMS)
        if not path.startswith(PROGRAMS) or content == content_of(target):
            continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        write(f"{target}.new", content)
        os.chmod(f"{target}.new", 0o755)
        try:
            command(ANSWER_TIMEOUT, sys.executable, f"{target}.new", "--help")
        except (Failure, OSError) as error:  # it would end at each start, and nothing but a person could replace it
            os.unlink(f"{target}.new")
            raise Refusal(f"{path} does not start: {error}") from error
        os.replace(f"{target}.new", target)
        sync(os.path.dirname(target))
        log("install", program=os.path.basename(target))


def content_of(path):
    with contextlib.suppress(FileNotFoundError), open(path, "rb") as file:
        return file.read()
    return None


def docker(*words):
    return command(DOCKER_TIMEOUT, "docker", *words)


def command(timeout, *words):
    """What a command prints, or a failure with the last line of its complaint."""
    try:
        form = {"capture_output": True, "encoding": "utf8", "errors": "replace"}
        return subprocess.run(words, check=True, timeout=timeout, **form).stdout
    except subprocess.CalledProcessError as error:
        complaint = (error.stderr.strip() or f"ended with {error.returncode}").splitlines()[-1]
        raise Failure(f"{' '.join(words)}: {complaint}") from error
    except subprocess.TimeoutExpired as error:
        raise Failure(str(error)) from error


def rehearse(root, files):
    """Reads the set as docker compose would, beside the one that runs: service -> the label of its mounted files.

    Paths in the compose file are absolute, so the copy says where its own files are. What it takes from /run/fleet
    (secrets) is no part of the set and stands there as an empty file: whether it is there is asked at the start.
    """
    beside = f"{root}/run/fleet/rehearsal"
    shutil.rmtree(beside, ignore_errors=True)
    write_tree(beside + ETC, files)
    text = files.get(COMPOSE, b"").decode(errors="replace")
    for path in sorted(re.findall(r"(?<![\w.-])/run/fleet(?:/[A-Za-z0-9][\w.-]*)+", text), key=len, reverse=True):
        if not os.path.exists(beside + path):
            replace(beside + path, b"")
    moved = re.sub(r"(?<![\w.-])/(?:etc|run)/fleet(?=/)", lambda match: beside + match[0], text)
    write(beside + COMPOSE, moved.encode())
    try:
        services = json.loads(printed_config(beside))["services"]
        if not services:
            raise Refusal(f"{COMPOSE} has no services")
        return {name: label_of(name, service, files, beside) for name, service in services.items()}
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise Failure(f"docker compose config printed something of an unknown form: {error!r}") from error
    finally:
        shutil.rmtree(beside)


def printed_config(beside):
    """What `docker compose config` makes of the copy."""
    try:
        return docker("compose", "-p", PROJECT, "-f", beside + COMPOSE, "config", "--format", "json")
    except Failure as failure:
        docker("compose", "version")  # when compose itself does not work, it is not the files' fault
        raise Refusal(str(failure).replace(beside, "")) from failure


def label_of(name, service, files, beside):
    """Digest of the set's files that the service has mounted; definition and environment are compose's business."""
    mounted = {}
    for source in (volume["source"] for volume in service.get("volumes", []) if volume["type"] == "bind"):
        if f"{source}/".startswith(f"{beside + ETC}/"):
            path = source[len(beside) :]
            found = {at: content for at, content in files.items() if f"{at}/".startswith(f"{path}/")}
            if not found:  # Docker would make an empty directory, in the middle of the set
                raise Refusal(f"{name} mounts {path}, and the files have nothing there")
            mounted.update(found)
    return digest(mounted) if mounted else ""


def bring_secrets(root, files, wanted):
    """Has the secrets fetched unless those on the machine are for the wanted list (None: any will do). What a container
    reads and is not there is something to try again: until it comes, the services run on with what they have.

    What no call needs, such as a password of measurements, or a certificate whose secret is disabled, is no reason to
    stay down. The answer names the files that lack a secret.
    """
    used = re.findall(r"/run/fleet/secrets/[\w.-]+", files[COMPOSE].decode(errors="replace"))

    def lacking():
        if wanted is not None and passwords(wanted) != passwords(fetched_for(root)):
            return [WANTED_SECRETS]
        return sorted({path for path in used if not os.path.exists(root + path)})

    if wanted is not None and (wanted != fetched_for(root) or lacking()):
        log("fetch", unit=SECRETS_UNIT, lacking=lacking() or [WANTED_SECRETS])
        command(FETCH_TIMEOUT, "systemctl", "restart", SECRETS_UNIT)
    if paths := lacking():
        raise Failure(f"no secrets yet for {', '.join(paths)}")
    return incomplete(wanted, fetched_for(root)) if wanted is not None else []


def incomplete(wanted, fetched):
    """Files of a list that lack a secret. Where calls have all that they need, both are lists or the same."""
    if wanted == fetched:
        return []
    there = json.loads(fetched)
    return sorted(name for name, secrets in json.loads(wanted).items() if there.get(name) != secrets)


def passwords(secrets):
    """What a list of secrets says of the env files that calls need; everything, where it is no such list."""
    needed = {f"{service}.env" for service in ORDER}
    with contextlib.suppress(ValueError, AttributeError, TypeError):
        return {name: wanted for name, wanted in json.loads(secrets).items() if name in needed}
    return secrets


def fetched_for(root):
    with contextlib.suppress(FileNotFoundError), open(root + FETCHED_SECRETS, "rb") as file:
        return file.read()


def containers():
    """Service -> id of its container, when it runs, or when it is one that does its work and ends (label fleet.ends)."""
    wanted = ["--all", "--no-trunc", "--filter", f"label=com.docker.compose.project={PROJECT}"]
    what = '{{.Label "com.docker.compose.service"}} {{.State}} {{.ID}} {{.Label "fleet.ends"}}'
    rows = (line.split() for line in docker("ps", *wanted, "--format", what).splitlines())
    return {service: found if state == "running" or ends else None for service, state, found, *ends in rows}


def log_in(root):
    """Lets Docker find the login to private registries, where one was fetched."""
    os.environ.pop("DOCKER_CONFIG", None)
    if os.path.exists(root + REGISTRY_LOGIN):
        folder = os.environ["DOCKER_CONFIG"] = f"{root}/run/fleet/docker"
        os.makedirs(folder, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            os.symlink(root + REGISTRY_LOGIN, f"{folder}/config.json")


def start(root, services, started):
    """Brings the containers in line with the current set, one after the other; adds to `started` what was started.

    `up` leaves a container alone whose definition, environment and labels are as they were. The mounted files count
    through the label, so what a container runs with is written on it, and a start that was cut off goes on where it
    was. One that ends by itself runs each time, which is no restart. Images come first: a registry that is away costs no
    call. What is not in ORDER comes last, and stops nothing: the answer is what of it failed.
    """
    labels = {name: {"labels": {"fleet.files": label}} for name, label in services.items() if label}
    replace(root + LABELS, json.dumps({"services": labels}).encode())
    compose = ["compose", "-p", PROJECT, "-f", root + COMPOSE, "-f", root + LABELS]
    log_in(root)
    needed, lesser = [name for name in ORDER if name in services], []
    docker(*compose, "pull", "--quiet", "--policy", "missing", *needed)
    before = containers()
    for name in needed + sorted(services.keys() - set(needed)):
        try:
            docker(*compose, "up", "--detach", "--no-deps", "--remove-orphans", name)
        except Failure as failure:
            if name in needed:
                raise
            lesser.append(f"{name}: {failure}")
        after = containers()
        for service in before.keys() - after.keys():
            log("stop", service=service)
        if after.get(name) != before.get(name):
            log("recreate" if name in before else "create", service=name)
            started.append(name)
        before = after
    return lesser


def ask(url, headers, method="GET", timeout=ANSWER_TIMEOUT):
    """The answer's bytes and its etag."""
    try:
        # No proxy, whatever the environment says.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(urllib.request.Request(url, headers=headers, method=method), timeout=timeout) as answer:
            return answer.read(LARGEST_TEXT), answer.headers.get("ETag", "")
    except (OSError, http.client.HTTPException) as error:
        raise Away(f"{url}: {error}") from error


class Google:
    def __init__(self, server):
        self.instance = f"{server or 'http://metadata.google.internal'}/computeMetadata/v1/instance"

    def get(self, key, timeout=ANSWER_TIMEOUT):
        return ask(f"{self.instance}/{key}", {"Metadata-Flavor": "Google"}, timeout=timeout)

    def bundle(self, etag="0", wait=LONGEST_WAIT):
        """The files and the etag: at once when the etag is another one, else after at most so many seconds.

        All attributes in one answer, so that both values are of the same moment, and a change of either is seen.
        """
        query = f"recursive=true&alt=json&wait_for_change=true&last_etag={etag}&timeout_sec={wait}"
        answer, etag = self.get(f"attributes/?{query}", wait + ANSWER_TIMEOUT)
        try:
            attributes = json.loads(answer)
            bundle = {key: attributes[key].encode(errors="surrogatepass") for key in (FILES, COMPRESSED) if key in attributes}
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            raise Away(f"attributes of an unknown form: {error!r}") from error
        if FILES not in bundle:
            raise Away(f"the machine has no {FILES}: deploy its stack again")
        return bundle, etag

    def identity(self):
        keys = "name", "network-interfaces/0/access-configs/0/external-ip", "zone"
        name, address, zone = (self.get(key)[0].decode() for key in keys)
        # projects/<number>/zones/<zone>; metrics of a machine are under its number
        return name, address, zone.rpartition("/")[2], self.get("id")[0].decode()


class Linode:
    def __init__(self, server):
        self.server = server or "http://169.254.169.254"

    def identity(self):
        token, _ = ask(f"{self.server}/v1/token", {"Metadata-Token-Expiry-Seconds": "300"}, "PUT")
        headers = {"Metadata-Token": token.decode(), "Accept": "application/json"}
        instance, network = (json.loads(ask(f"{self.server}/v1/{key}", headers)[0]) for key in ("instance", "network"))
        return instance["label"], network["ipv4"]["public"][0].split("/")[0], instance["region"], None


def host_env(root, cloud):
    """Writes the name, the address and the place of the machine; without an answer those of this boot stay."""
    try:
        if not cloud:
            raise Away(f"{HOST_ENV} is missing: start fleet.service first")
        name, address, zone, number = cloud.identity()
    except Away:
        if not os.path.exists(root + HOST_ENV):
            raise
        return
    except (LookupError, TypeError, ValueError) as error:
        raise Failure(f"metadata of an unknown form: {error!r}") from error
    for what, text in (("name", name), ("zone", zone)):
        if not isinstance(text, str) or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", text):
            raise Failure(f"the machine has no {what}: {text!r}")
    if not re.fullmatch(r"[0-9]+(\.[0-9]+){3}", address):
        raise Failure(f"the machine has no public IPv4 address: {address!r}")
    if number is not None and not re.fullmatch(r"[0-9]+", number):
        raise Failure(f"the machine has no number: {number!r}")
    lines = {"FLEET_INSTANCE": name, "FLEET_INSTANCE_ID": number, "FLEET_ZONE": zone, "JVB_ADVERTISE_IPS": address}
    text = "".join(f"{key}={value}\n" for key, value in lines.items() if value is not None)
    replace(root + HOST_ENV, text.encode())


def settle(root, cloud, bundle, started):
    """Makes the machine run the bundle, or what is on disk where there is none or it is refused."""
    sets = Sets(root)
    current = sets.current()
    refusal = None
    try:
        files = current if bundle is None else checked(bundle)
        if files is None:
            raise Failure(f"no files: neither from the metadata nor in {ETC}")
        services = rehearse(root, files)
    except Refusal as error:
        if current is None or bundle is None:
            raise
        refusal, files, services = error, current, rehearse(root, current)
    host_env(root, cloud)
    install(root, files)  # before the secrets: the new list may be for the new program
    # A set that the metadata does not have (any more) has to do with the secrets that are there.
    missing = bring_secrets(root, files, None if refusal or bundle is None else files.get(WANTED_SECRETS))
    sets.make_current(files)
    lesser = start(root, services, started)
    sets.remove_others()
    if started:
        with contextlib.suppress(Failure):  # else the disk fills with the images of every release
            docker("image", "prune", "--all", "--force")
    if refusal:
        raise refusal
    if missing:
        lesser.append(f"no secrets yet for {', '.join(missing)}: see journalctl -u {SECRETS_UNIT}")
    if lesser:
        # A file without a secret, such as a certificate, may be one that no caller does without.
        kind = Lesser if all(name.endswith(".env") for name in missing) else Failure
        raise kind("; ".join(lesser))


def run(root, cloud, bundle, attempt=1):
    """Settles, and says how it went in the journal and in the status file. A failure goes on to the caller."""
    begun, failure, started = time.monotonic(), None, []
    os.makedirs(f"{root}/run/fleet", exist_ok=True)
    with open(f"{root}/run/fleet/lock", "wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # a push may come while the machine boots
        try:
            settle(root, cloud, bundle, started)
        except (Failure, OSError) as error:
            failure = error
        code = getattr(failure, "code", TRY_AGAIN) if failure else 0
        current = read_tree(root + ETC)
        status = {
            "result": {0: "applied", REFUSED: "refused"}.get(code, "failed"),
            "code": code,
            "ok": code == 0,
            "reason": str(failure or ""),
            "generation": digest(current) if current else "",
            "applied_at": last_applied(root) if failure else int(time.time()),
            "seconds": round(time.monotonic() - begun, 3),
            "attempt": attempt,
            "restarted": started,
        }
        replace(root + STATUS, json.dumps(status).encode() + b"\n")
    if failure:
        raise failure
    log("done", set=status["generation"], seconds=status["seconds"], restarted=started)


def last_applied(root):
    """Seconds since 1970 of the last run that went well since the boot, 0 when there was none."""
    with contextlib.suppress(OSError, ValueError, LookupError), open(root + STATUS, "rb") as file:
        return json.load(file)["applied_at"]
    return 0


def notify_ready():
    """Tells systemd that the first attempt is over, whatever came of it: the boot goes on, the watch too."""
    if address := os.environ.pop("NOTIFY_SOCKET", None):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notifications:
            notifications.sendto(b"READY=1", re.sub("^@", "\0", address))


def watch(root, google):
    """Follows the metadata. What failed is tried again, later each time; a change is tried at once.

    Ends when this program was replaced by another version of itself.
    """
    seen, last, settled, pause, attempt = "0", None, False, 0, 1
    version = content_of(f"{root}{INSTALLED}fleet-apply")
    while True:
        failure = None
        try:
            bundle, etag = google.bundle(seen, LONGEST_WAIT if settled else pause)
        except Away as error:
            failure = error
            # A machine that comes up without its metadata runs what it ran before.
            if seen == "0" and attempt == 1 and os.path.lexists(root + ETC):
                with contextlib.suppress(Failure, OSError):
                    run(root, google, None)
        else:
            seen = etag
            if bundle != last:  # else another attribute is another one
                last, settled, pause, attempt = bundle, False, 0, 1
            try:
                if not settled:
                    run(root, google, bundle, attempt)
                settled, pause, attempt = True, 0, 1
            except Refusal as refusal:
                log("refuse", reason=refusal)
                settled, pause, attempt = True, 0, 1  # only another bundle can help
            except (Failure, OSError) as error:
                failure = error
        notify_ready()
        if version != content_of(f"{root}{INSTALLED}fleet-apply"):
            return log("end", reason="replaced by another version")
        if failure:
            pause = min(2 * pause or 1, LONGEST_PAUSE)
            log("retry", seconds=pause, attempt=attempt, reason=failure)
            attempt += 1
        # The next question waits on the server, unless that is what failed; one that answers at once all the same is
        # not asked without end.
        time.sleep(pause if isinstance(failure, Away) else 1)


def obey(options):
    if options.source == "linode":
        run(options.root, Linode(options.metadata), None)
    elif options.source == "apply":
        with open(options.file, "rb") as file:
            run(options.root, None, {FILES: file.read(LARGEST_BUNDLE + 1)})
    elif options.watch:
        watch(options.root, Google(options.metadata))
    else:
        google = Google(options.metadata)
        run(options.root, google, google.bundle()[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    trial = argparse.ArgumentParser(add_help=False)
    trial.add_argument("--root", default="", help="stands for / in a trial")
    trial.add_argument("--metadata", help="metadata server in a trial")
    sources = parser.add_subparsers(dest="source", required=True)
    google, _, push = (sources.add_parser(name, parents=[trial]) for name in ("google", "linode", "apply"))
    google.add_argument("--watch", action="store_true", help="wait for changes and follow them")
    push.add_argument("file", metavar="FILE")
    os.umask(0o022)  # the containers' uid 1000 reads the files
    try:
        obey(parser.parse_args())
    except (Failure, OSError) as error:
        code = getattr(error, "code", TRY_AGAIN)
        log("refuse" if code == REFUSED else "fail", reason=error)
        return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
