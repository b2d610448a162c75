#!/usr/bin/python3
"""Hands the certificate of this server on to the services that present it, and sees to it that they do.

  fleet-certificates           once
  fleet-certificates --watch   now, and whenever the certificate changes; ends only when fleet-apply has replaced this
                               program by another version of itself, which systemd then starts

Where the certificate comes from, whose it is and who presents it is in /etc/fleet/certificate.json. A new pair of chain
and key is tried out first, with a handshake in memory: what a bridge would refuse is refused here, and the pair in use
stays. No service is restarted: each reads the new pair, and its open connections go on.

Ends with 0, with 65 (the new pair is refused, or the one in use is no longer good) or with 69 (no certificate yet, or
something did not answer: try again). A run that was cut off at any point is finished by the next one.

  /var/lib/fleet/certificates/<digest>   a pair, <host name>.crt and <host name>.key; never changed, only removed
  /var/lib/fleet/certificates/current    link to the pair in use: one rename changes both files. Containers wait for it
  /run/fleet/certificate.json            what the last run found, in words and numbers that Telegraf reads
"""

import argparse
import contextlib
import fcntl
import hashlib
import json
import os
import re
import shutil
import socket
import ssl
import stat
import subprocess
import sys
import time

REFUSED, TRY_AGAIN = 65, 69

SETTINGS = "/etc/fleet/certificate.json"
STORE = "/var/lib/fleet/certificates"
STATUS = "/run/fleet/certificate.json"
LOCK = "/run/fleet/certificate.lock"
PROGRAM = "/usr/local/sbin/fleet-certificates"

OWNER = 1000  # uid and gid that the images run as
LARGEST_FILE = 65_536  # bytes, as of a secret in Secret Manager
CERTIFICATE = re.compile(rb"-----BEGIN CERTIFICATE-----\r?\n[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----")
KEY = re.compile(rb"-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----\r?\n[A-Za-z0-9+/=\s]+-----END \1-----")
IGNORE_DATES = 0x200000  # X509_V_FLAG_NO_CHECK_TIME, which the ssl module does not name

# How a running container takes a pair over. Its words are the pair's directory and the host name. Web's nginx reads
# /storage/keys in releases whose containers run without root; the other two are where the image looks at a start.
TAKE_OVER = {
    "prosody-brewery": 'cd "/certificates/$1" && cp -f "$2.crt" "$2.key" /run/prosody/config/certs/ && '
    "prosodyctl --config /run/prosody/config/prosody.cfg.lua reload",
    "web": 'cd "/certificates/$1" && for keys in /config/keys /run/web/config/keys /storage/keys; do '
    '[ ! -d "$keys" ] || { cp -f "$2.crt" "$keys/cert.crt" && cp -f "$2.key" "$keys/cert.key" && '
    'chmod 600 "$keys/cert.crt" "$keys/cert.key"; } || exit 1; done && '
    "nginx -c /run/web/config/nginx/nginx.conf -s reload",
}

# Seconds.
LOOK_EVERY, TELL_EVERY, CHECK_EVERY, LONGEST_PAUSE = 2, 5, 3600, 120
ANSWER_TIMEOUT, DOCKER_TIMEOUT = 5, 60


class Failure(Exception):
    """Something to try again."""

    code = TRY_AGAIN


class Refusal(Failure):
    """This pair will never do."""

    code = REFUSED


def log(action, **fields):
    """One line per action in the journal; errors with their priority."""
    words = ["fleet-certificates:", f"action={action}"]
    for key, value in fields.items():
        words.append(f"{key}={value if re.fullmatch('[a-zA-Z0-9_.,:-]+', str(value)) else json.dumps(str(value))}")
    wrong = action in ("refuse", "fail", "retry")
    priority = "<3>" if wrong and "JOURNAL_STREAM" in os.environ else ""
    print(priority + " ".join(words), file=sys.stderr if wrong else sys.stdout, flush=True)


def sync(directory):
    """After this the names in the directory survive a power loss."""
    handle = os.open(directory, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def write(path, content, mode):
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
        file.write(content)
        own(path)
        os.fsync(file.fileno())


def own(path):
    if os.geteuid() == 0:
        os.chown(path, OWNER, OWNER)


class Settings:
    """What /etc/fleet/certificate.json says."""

    def __init__(self, root):
        self.root = root
        with open(root + SETTINGS, encoding="utf8") as file:
            document = json.load(file)
        self.hostname = document["hostname"]
        self.chain, self.key = root + document["chain"], root + document["key"]
        self.any_issuer = document["anyIssuer"]
        self.services = document["services"]  # name -> port


class Pair:
    """A chain of certificates, the host's own first, and the key of that one; both in PEM."""

    def __init__(self, hostname, chain, key):
        self.chain, self.key = chain, key
        self.digest = hashlib.sha256(b"%b\0%d\0%b%b" % (hostname.encode(), len(chain), chain, key)).hexdigest()[:16]

    @property
    def own(self):
        """The host's own certificate in DER."""
        return ssl.PEM_cert_to_DER_cert(CERTIFICATE.search(self.chain)[0].decode())


def read_source(path):
    """A file that somebody else writes: as many bytes as it may have, or None where there is none."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    with open(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise Refusal(f"{path} is not a file")
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise Refusal(f"{path} is larger than {LARGEST_FILE} bytes")
    return content


def new_pair(settings):
    """The pair at its source, or None where there is none yet."""
    chain, key = read_source(settings.chain), read_source(settings.key)
    if chain is None or key is None:
        return None
    certificates = [match[0] for match in CERTIFICATE.finditer(chain)]
    keys = [match[0] for match in KEY.finditer(key)]
    if not certificates:
        raise Refusal(f"{settings.chain} has no certificate in PEM")
    if len(keys) != 1:
        raise Refusal(f"{settings.key} has {len(keys)} private keys in PEM without a password; it must have one")
    return Pair(settings.hostname, b"\n".join(certificates) + b"\n", keys[0] + b"\n")


def shake_hands(directory, hostname, own_certificate, any_issuer, dates):
    """A TLS handshake with the pair, in memory; returns what the client learns of the certificate.

    The client is as strict as a bridge: the system's certification authorities, and the intermediate certificates that
    the chain brings along. With `any_issuer` it trusts the host's certificate itself.
    """
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        server.load_cert_chain(f"{directory}/{hostname}.crt", f"{directory}/{hostname}.key", lambda: "none")
    except ssl.SSLError as error:
        if error.reason == "KEY_VALUES_MISMATCH":
            raise Refusal("the key does not belong to the first certificate") from None
        raise Refusal(f"certificate or key cannot be read: {error.reason or error}") from None
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if any_issuer else ssl.create_default_context()
    client.hostname_checks_common_name = False
    if any_issuer:
        client.load_verify_locations(cadata=own_certificate)
        client.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    if not dates:
        client.verify_flags |= IGNORE_DATES
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    sides = [
        client.wrap_bio(to_client, to_server, server_hostname=hostname),
        server.wrap_bio(to_server, to_client, server_side=True),
    ]
    try:
        for _ in range(4):
            for side in sides:
                with contextlib.suppress(ssl.SSLWantReadError):
                    side.do_handshake()
        return sides[0].getpeercert()
    except ssl.SSLCertVerificationError as error:
        raise Refusal(error.verify_message) from None
    except ssl.SSLError as error:
        raise Refusal(f"no handshake: {error.reason or error}") from None


class Store:
    """The pairs on the data disk, and the link that names the one in use."""

    def __init__(self, root):
        self.directory = root + STORE
        self.link = f"{self.directory}/current"
        os.makedirs(self.directory, mode=0o750, exist_ok=True)
        own(self.directory)

    def current(self, hostname):
        """The pair in use, or None where there is none of this host, or a file is damaged."""
        try:
            with open(f"{self.link}/{hostname}.crt", "rb") as chain, open(f"{self.link}/{hostname}.key", "rb") as key:
                pair = Pair(hostname, chain.read(), key.read())
        except FileNotFoundError:
            return None
        return pair if CERTIFICATE.search(pair.chain) and KEY.search(pair.key) else None

    def install(self, pair, settings):
        """Writes the pair beside the others, tries it out, then changes the link in one step."""
        beside = f"{self.directory}/new"
        shutil.rmtree(beside, ignore_errors=True)
        os.mkdir(beside, 0o700)
        write(f"{beside}/{settings.hostname}.crt", pair.chain, 0o444)
        write(f"{beside}/{settings.hostname}.key", pair.key, 0o400)
        try:
            shake_hands(beside, settings.hostname, pair.own, settings.any_issuer, dates=True)
        except Refusal:
            shutil.rmtree(beside)
            raise
        own(beside)
        sync(beside)
        directory = f"{self.directory}/{pair.digest}"
        shutil.rmtree(directory, ignore_errors=True)  # of a run that was cut off; not in use, or it would not be new
        os.rename(beside, directory)
        sync(self.directory)
        with contextlib.suppress(FileNotFoundError):
            os.unlink(f"{self.link}.new")
        os.symlink(pair.digest, f"{self.link}.new")
        os.replace(f"{self.link}.new", self.link)
        sync(self.directory)

    def remove_others(self):
        keep = {"current", os.readlink(self.link)}
        for name in set(os.listdir(self.directory)) - keep:
            path = f"{self.directory}/{name}"
            os.unlink(path) if os.path.islink(path) else shutil.rmtree(path)


def docker(*words):
    try:
        form = {"capture_output": True, "encoding": "utf8", "errors": "replace", "stdin": subprocess.DEVNULL}
        return subprocess.run(["docker", *words], check=True, timeout=DOCKER_TIMEOUT, **form).stdout
    except subprocess.CalledProcessError as error:
        lines = (error.stderr.strip() or error.stdout.strip() or f"ended with {error.returncode}").splitlines()
        raise Failure(f"docker {words[0]}: {lines[-1]}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Failure(str(error)) from error


def container_of(service):
    """Id of the service's container, or None where none runs."""
    labels = [f"label=com.docker.compose.{key}" for key in ("project=fleet", f"service={service}")]
    words = [word for label in labels for word in ("--filter", label)]
    return docker("ps", "--no-trunc", *words, "--format", "{{.ID}}").strip() or None


def receive(connection, end):
    """What comes until the end, or until the other side leaves: Prosody does after an error."""
    text = b""
    while end not in text and len(text) < LARGEST_FILE and (more := connection.recv(4096)):
        text += more
    if not text:
        raise EOFError
    return text


def presented(service, port, hostname):
    """The certificate in DER that the service presents; b"" for none, None where nobody answers."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with socket.create_connection(("127.0.0.1", port), ANSWER_TIMEOUT) as connection:
            if service == "prosody-brewery":
                stream = (
                    f"<?xml version='1.0'?><stream:stream to='{hostname}' version='1.0' xmlns='jabber:client' "
                    "xmlns:stream='http://etherx.jabber.org/streams'>"
                )
                connection.sendall(stream.encode())
                if b"xmpp-tls" not in receive(connection, b"</stream:features>"):
                    return b""
                connection.sendall(b"<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
                receive(connection, b"proceed")
            with context.wrap_socket(connection, server_hostname=hostname) as secure:
                return secure.getpeercert(binary_form=True)
    except ssl.SSLEOFError:
        return None  # Docker takes connections for a container that does not
    except ssl.SSLError:
        return b""
    except (OSError, EOFError):
        return None


def hand_over(service, port, pair, hostname, patience):
    """Until the service presents the pair. Returns whether it had to be told; a container that is not there will take
    the pair when it starts."""
    begun, told = time.monotonic(), None
    while container := container_of(service):
        shown = presented(service, port, hostname)
        if shown == pair.own:
            return told is not None
        now = time.monotonic()
        if now - begun > patience:
            answer = "does not answer" if shown is None else "does not present the certificate"
            raise Failure(f"{service} {answer} on port {port}")
        if shown is not None and (told is None or now - told > TELL_EVERY):
            words = ("sh", "-c", TAKE_OVER[service], "sh", pair.digest, hostname)
            docker("exec", "--user", str(OWNER), container, *words)
            told = now
        time.sleep(0.5)
    return False


def settle(root, patience, facts):
    """Brings the services in line with the certificate at its source, and notes in `facts` what there is."""
    try:
        settings = Settings(root)
    except FileNotFoundError:
        raise Failure(f"{SETTINGS} is missing: fleet-apply writes it") from None
    except (ValueError, LookupError, TypeError) as error:
        raise Failure(f"{SETTINGS} is of an unknown form: {error!r}") from None
    store, hostname, refusal = Store(root), settings.hostname, None
    facts["hostname"] = hostname
    current = store.current(hostname)
    try:
        pair = new_pair(settings)
        if pair and (current is None or pair.digest != current.digest):
            store.install(pair, settings)
            current = pair
            log("install", hostname=hostname, pair=pair.digest)
    except Refusal as error:
        refusal = error
    if current is None:
        raise refusal or Failure(f"no certificate of {hostname} yet: {settings.chain.removeprefix(root)} is missing")
    store.remove_others()
    found = shake_hands(store.link, hostname, current.own, any_issuer=True, dates=False)
    note(facts, found)
    failures = []
    for service, port in settings.services.items():
        try:
            if hand_over(service, port, current, hostname, patience):
                log("hand-over", service=service, pair=current.digest, not_after=found["notAfter"])
        except Failure as failure:  # the others can have it all the same
            failures.append(str(failure))
    if failures:
        raise Failure("; ".join(failures))
    if refusal:
        raise refusal
    try:
        shake_hands(store.link, hostname, current.own, settings.any_issuer, dates=True)
    except Refusal as error:
        # Presented all the same: who is connected stays, and the next one is taken over without a restart.
        raise Refusal(f"the certificate in use is no longer good: {error}") from None


def note(facts, found):
    names = dict(part for parts in found["issuer"] for part in parts)
    not_after = ssl.cert_time_to_seconds(found["notAfter"])
    facts["issuer"] = " ".join(names[key] for key in ("organizationName", "commonName") if key in names)
    facts["serial"] = found["serialNumber"]
    facts["not_after"] = not_after
    facts["days_left"] = round((not_after - time.time()) / 86_400, 1)


def run(root, patience):
    """Settles, and says how it went in the status file. A failure goes on to the caller."""
    facts, failure = {}, None
    os.makedirs(f"{root}/run/fleet", exist_ok=True)
    with open(root + LOCK, "wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            settle(root, patience, facts)
        except (Failure, OSError) as error:
            failure = error
        code = getattr(failure, "code", TRY_AGAIN) if failure else 0
        result = {0: "presented", REFUSED: "refused", TRY_AGAIN: "failed"}[code]
        status = {"result": result, "code": code, "reason": str(failure or ""), "checked_at": int(time.time()), **facts}
        with open(f"{root}{STATUS}.new", "w", encoding="utf8") as file:
            json.dump(status, file)
        os.replace(f"{root}{STATUS}.new", root + STATUS)
    if failure:
        raise failure


def look(root):
    """Something that is another one after every change of the settings or of the pair at its source."""
    paths = [root + SETTINGS]
    with contextlib.suppress(OSError, ValueError, LookupError, TypeError):
        settings = Settings(root)
        paths += [settings.chain, settings.key]
    return [look_at(path) for path in paths]


def look_at(path):
    try:
        status = os.stat(path)
        return path, status.st_ino, status.st_size, status.st_mtime_ns
    except OSError:
        return path, None, None, None


def watch(root, patience, every):
    """Follows the files. What failed is tried again, later each time; a change is tried at once.

    Ends when this program was replaced: the settings of the same set of files may be for its next version.
    """
    done, before, due, pause, said = None, None, 0, 0, None
    version = look_at(root + PROGRAM)
    while version == look_at(root + PROGRAM):
        seen = look(root)
        # Twice the same: whoever writes the two files is through with both.
        if seen == before and (seen != done or time.monotonic() >= due):
            if seen != done:
                pause = 0
            done, due = seen, time.monotonic() + CHECK_EVERY
            try:
                run(root, patience)
                pause, said = 0, None
            except (Failure, OSError) as failure:
                refused = getattr(failure, "code", TRY_AGAIN) == REFUSED
                if str(failure) != said:
                    log("refuse" if refused else "retry", reason=failure)
                    said = str(failure)
                if not refused:
                    pause = min(2 * pause or every, LONGEST_PAUSE)
                    due = time.monotonic() + pause
        before = seen
        time.sleep(every)
    log("end", reason="replaced by another version")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--watch", action="store_true", help="follow changes, and never end")
    parser.add_argument("--root", default="", help="stands for / in a trial")
    parser.add_argument("--patience", type=float, default=30, help="seconds in which a service has to present the pair")
    parser.add_argument("--every", type=float, default=LOOK_EVERY, help="seconds between two looks at the files")
    options = parser.parse_args()
    os.umask(0o022)
    if options.watch:
        watch(options.root, options.patience, options.every)
        return 0
    try:
        run(options.root, options.patience)
    except (Failure, OSError) as error:
        code = getattr(error, "code", TRY_AGAIN)
        log("refuse" if code == REFUSED else "fail", reason=error)
        return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
