"""The `influx` command of InfluxDB 2.7 and a database behind it, as far as influxdb-setup needs them; under the name `curl`,
a curl that knows one address of it, where a new database is set up.

What it prints and refuses, and in which words, was recorded from the real ones (2.7.12): unknown commands and flags, a
wrong token or organisation, names that are taken, ids that nobody has, passwords below 8 characters, a retention below an
hour, accounts without rights, a task that does not begin like one. `proofs/influxdb.test.ts` runs the same trials against
the real ones.

FAKE_INFLUX is its directory: database.json, calls.log (arguments of each call, never its input), and two files that a
test writes: `away` (nobody answers) and `cut-at` (the number of the call from which on the machine is dead).
"""

import hashlib
import json
import os
import re
import sys

HOME = os.environ["FAKE_INFLUX"]
DATABASE, CALLS = f"{HOME}/database.json", f"{HOME}/calls.log"
ORG = "a763d9bef7472822"

# What each command takes beside --hide-headers and --json; True: again and again.
COMMANDS = {
    "ping": {},
    "bucket list": {"--name": False},
    "bucket create": {"--name": False, "--retention": False},
    "bucket update": {"--id": False, "--retention": False},
    "v1 auth list": {"--username": False},
    "v1 auth create": {"--username": False, "--description": False, "--read-bucket": True, "--write-bucket": True},
    "v1 auth set-password": {"--username": False},
    "v1 auth delete": {"--username": False},
    "task list": {},
    "task create": {"--file": False},
    "task delete": {"--id": False},
}


def fail(text):
    print(f"Error: {text}", file=sys.stderr)
    sys.exit(1)


def content(name):
    path = f"{HOME}/{name}"
    if not os.path.exists(path):
        return None
    with open(path, encoding="utf8") as file:
        return file.read()


def parse(words):
    """Command, what was asked with it, and the bare flags."""
    length = 3 if words[:2] == ["v1", "auth"] else 2 if words[:1] != ["ping"] else 1
    name = " ".join(words[:length])
    if name not in COMMANDS:
        fail(f'unknown command "{words[length - 1] if len(words) >= length else ""}" for "influx {" ".join(words[: length - 1])}"')
    asked, bare, rest = {}, set(), words[length:]
    while rest:
        flag = rest.pop(0)
        if flag in ("--hide-headers", "--json") and name not in ("ping", "v1 auth set-password"):
            bare.add(flag)
        elif flag in COMMANDS[name]:
            if not rest:
                fail(f"flag needs an argument: -{flag.lstrip('-')}")
            asked.setdefault(flag, []).append(rest.pop(0))
        else:
            fail(f"flag provided but not defined: -{flag.lstrip('-')}")
    return name, {flag: values if COMMANDS[name][flag] else values[-1] for flag, values in asked.items()}, bare


def print_table(rows):
    """Columns are filled up with tabs, as a table is that is aligned by them."""
    widths = [max(len(row[at]) // 8 + 1 for row in rows) for at in range(len(rows[0]))] if rows else []
    for row in rows:
        cells = (cell + "\t" * (widths[at] - len(cell) // 8) for at, cell in enumerate(row[:-1]))
        print("".join(cells) + row[-1])


def hours(text):
    found = re.fullmatch(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?", text)
    if not found:
        fail(f'invalid value "{text}" for flag -retention: parse error')
    total = sum(int(part or 0) * seconds for part, seconds in zip(found.groups(), (3600, 60, 1)))
    if total < 3600:
        fail("failed to create bucket: 500 Internal Server Error: retention policy duration must be at least 1h0m0s")
    return f"{total // 3600}h0m0s"


def password():
    line = sys.stdin.readline().rstrip("\n")
    if len(line) < 8:
        fail('value for prompt "Please type your password" is too short: min length is 8')
    return hashlib.sha256(line.encode()).hexdigest()


def curl(words, database):
    """GET and POST of /api/v2/setup, and the flags that are asked for with them."""
    url, flags = words[-1], words[:-1]
    host = os.environ["INFLUX_HOST"].removeprefix("http://")
    post = ["--header", "Content-Type: application/json", "--data-binary", "@-"]
    if flags[:2] != ["--silent", "--show-error"] or flags[3:5] != ["--max-time", "60"] or flags[5:] not in ([], post):
        sys.exit(2)
    if content("away") is not None:
        print(f"curl: (7) Failed to connect to {host}", file=sys.stderr)
        sys.exit(7)

    def answer(status, body):
        if status < 400 or flags[2] == "--fail-with-body":
            print(json.dumps(body, indent="\t"), end="")
        if status >= 400:
            print(f"curl: (22) The requested URL returned error: {status}", file=sys.stderr)
            sys.exit(22)

    if url != f"http://{host}/api/v2/setup":
        return answer(404, {"code": "not found", "message": "path not found"})
    if not flags[5:]:
        return answer(200, {"allowed": database.all["token"] is None})
    if database.all["token"] is not None:
        return answer(422, {"code": "conflict", "message": "onboarding has already been completed"})
    asked = json.load(sys.stdin)
    missing = [name for name in ("username", "org", "bucket") if not asked.get(name)]
    if missing:
        message = f"onboarding failed: missing required fields [{','.join(missing)}]"
        return answer(422, {"code": "unprocessable entity", "message": message})
    if not 8 <= len(asked["password"]) <= 72:
        return answer(400, {"code": "invalid", "message": "passwords must be between 8 and 72 characters long"})
    database.set_up(asked)
    return answer(201, {"user": {"name": asked["username"]}, "auth": {"token": asked["token"]}})


class Database:
    def __init__(self):
        self.all = json.loads(content("database.json"))

    def save(self):
        with open(f"{DATABASE}.new", "w", encoding="utf8") as file:
            json.dump(self.all, file)
        os.replace(f"{DATABASE}.new", DATABASE)

    def set_up(self, asked):
        # Without a token it would invent one.
        self.all["token"] = asked.get("token") or "invented"
        self.all["org"] = asked["org"]
        self.all["buckets"] = {
            "_monitoring": {"id": "97375fd8dda7f6ac", "retention": "168h0m0s"},
            "_tasks": {"id": "42213c95f4a4ad24", "retention": "72h0m0s"},
            asked["bucket"]: {"id": "2b68e56c62f47bd3", "retention": f"{asked['retentionPeriodSeconds'] // 3600}h0m0s"},
        }
        self.save()

    def id(self):
        self.all["last"] += 1
        return f"{self.all['last']:016x}"

    def bucket_row(self, name):
        bucket = self.all["buckets"][name]
        return [bucket["id"], name, bucket["retention"], "24h0m0s", ORG, "implicit"]

    def bucket_list(self, asked):
        names = [asked["--name"]] if "--name" in asked else self.all["buckets"]
        for name in names:
            if name not in self.all["buckets"]:
                fail(f'failed to find bucket by name: 404 Not Found: bucket "{name}" not found')
        print_table([self.bucket_row(name) for name in names])

    def bucket_create(self, asked):
        if "--name" not in asked:
            fail('Required flag "name" not set')
        name, retention = asked["--name"], hours(asked["--retention"])
        if name in self.all["buckets"]:
            fail(f"failed to create bucket: 422 Unprocessable Entity: bucket with name {name} already exists")
        self.all["buckets"][name] = {"id": self.id(), "retention": retention}
        print_table([self.bucket_row(name)])

    def bucket_update(self, asked):
        found = [name for name, bucket in self.all["buckets"].items() if bucket["id"] == asked.get("--id")]
        if not found:
            fail(f'failed to update bucket "{asked.get("--id")}": 404 Not Found: bucket not found')
        self.all["buckets"][found[0]]["retention"] = hours(asked["--retention"])
        print_table([self.bucket_row(found[0])])

    def account(self, name):
        if name is None:
            fail("id or username required")
        if name not in self.all["accounts"]:
            fail(f'could not find v1 auth with token (username) "{name}": 404 Not Found: authorization not found')
        return self.all["accounts"][name]

    def shown(self, name):
        account = self.all["accounts"][name]
        return {
            "id": account["id"],
            "description": account["description"],
            "token": name,
            "status": account["status"],
            "userName": "operator",
            "userID": "11ac07c6fed79000",
            "permissions": account["may"],
        }

    def v1_auth_list(self, asked):
        names = list(self.all["accounts"])
        if "--username" in asked:
            if asked["--username"] not in names:
                fail("could not find Authorizations for specified arguments: 404 Not Found: authorization not found")
            names = [asked["--username"]]
        print(json.dumps([self.shown(name) for name in names] or None, indent="\t"))

    def v1_auth_create(self, asked):
        digest, name = password(), asked["--username"]
        may = []
        for action in ("read", "write"):
            for bucket in asked.get(f"--{action}-bucket", []):
                if not re.fullmatch(r"[0-9a-f]{16}", bucket):
                    fail(f"invalid bucket ID '{bucket}': id must have a length of 16 bytes (did you pass a bucket name instead of an ID?)")
                if bucket not in [each["id"] for each in self.all["buckets"].values()]:
                    fail("failed to create new authorization: 404 Not Found: bucket not found when creating auth")
                may.append(f"{action}:orgs/{ORG}/buckets/{bucket}")
        if not may:
            fail("failed to create new authorization: 400 Bad Request: authorization must include permissions")
        if name in self.all["accounts"]:
            fail("failed to create new authorization: 422 Unprocessable Entity: token already exists")
        description = asked.get("--description", "")
        self.all["accounts"][name] = {"id": self.id(), "description": description, "status": "active", "may": may,
                                      "password": digest}

    def v1_auth_set_password(self, asked):
        account = self.account(asked.get("--username"))
        account["password"] = password()

    def v1_auth_delete(self, asked):
        self.account(asked.get("--username"))
        del self.all["accounts"][asked["--username"]]

    def task_list(self, _):
        print_table([[task["id"], task["name"], ORG, "fleet", task["status"], "1h", "", ""] for task in self.all["tasks"]])

    def task_create(self, asked):
        try:
            with open(asked["--file"], encoding="utf8") as file:
                text = file.read()
        except OSError as error:
            fail(f'failed to read query from "{asked["--file"]}": {error.strerror}')
        code = re.sub(r"(?m)^\s*//.*\n", "", text)
        wrong = re.match(r"\s*(?!import\b|option\b|[a-z])(\S)", code)
        if wrong:
            fail(f"400 Bad Request: invalid options: loc 1:1-1:2: invalid statement @1:1-1:2: {wrong[1]}")
        option = re.match(r'(?:\s*import "[^"]+"\n)*\s*option task = \{name: "([^"]+)", (?:every|cron): ', code)
        if not option:
            fail("400 Bad Request: missing required option: 'task'")
        self.all["tasks"].append({"id": self.id(), "name": option[1], "status": "active", "text": text})

    def task_delete(self, asked):
        left = [task for task in self.all["tasks"] if task["id"] != asked.get("--id")]
        if len(left) == len(self.all["tasks"]):
            fail("while finding task: 404 Not Found: failed to find task: task not found")
        self.all["tasks"] = left


def main(words):
    with open(CALLS, "a", encoding="utf8") as file:
        file.write(" ".join(words) + "\n")
    with open(CALLS, encoding="utf8") as file:
        number = len(file.readlines())
    if number >= int(content("cut-at") or sys.maxsize):
        sys.exit(137)
    if os.path.basename(sys.argv[0]) == "curl":
        return curl(words, Database())
    name, asked, _ = parse(words)
    host = os.environ["INFLUX_HOST"].removeprefix("http://")
    if content("away") is not None:
        fail(f'Get "http://{host}/health": dial tcp {host}: connect: connection refused')
    if name == "ping":
        return print("OK")
    database = Database()
    if os.environ.get("INFLUX_TOKEN") != database.all["token"]:
        fail("401 Unauthorized: unauthorized access")
    if os.environ.get("INFLUX_ORG") != database.all.get("org", "fleet"):
        fail(f'404 Not Found: organization name "{os.environ.get("INFLUX_ORG")}" not found')
    getattr(database, name.replace(" ", "_").replace("-", "_"))(asked)
    return database.save()


main(sys.argv[1:])
