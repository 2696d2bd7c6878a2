"""Runs the back ends with ministack. Checks that their responses are the same, and measures the cost of a request."""

import base64
import contextlib
import hashlib
import hmac
import http.client
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

import calls
import cargo
import programs
from calls import note
from cargo import Program
from programs import Found, Measure

TOOLS = cargo.HERE.parent / "tools"
# The code of every sign-up, and the password of the users.
CODE, PASSWORD = "123456", "Correct-Horse-7"
# The numbers of requests in a round: verified requests with the same token or with a new token each, and sign-ups or
# sign-ins. The last two take longer because of ministack, so there are fewer of them. The new tokens are fewer than those
# in the cache of a back end.
VERIFIED, SLOW = 8000, 30
# The back ends get their verified requests in turns of this many, since the speed of a shared machine changes within
# seconds.
TURN = 2000
FACTS = [
    "every back end gives the same responses, which are compared before anything is measured",
    f"in each round, each back end is started anew, and gets {VERIFIED:,} verified requests with the same token, as many with a new "
    f"token each, {SLOW} sign-ups and as many sign-ins",
    f"a back end gets its verified requests in turns of {TURN:,}, while the others are idle",
    "the time to the first response on a connection does not count, but its CPU time does",
    f"the 99th percentile of {SLOW - 1} requests is the second longest time",
    "a verified request is `GET /me` over a connection that stays open; the service is not involved",
    "cognito-userpools has `signature_cache` and checks the signature of a token once; the other versions have no such cache",
    "the service is ministack, a Python program, which takes most of the time of a sign-up and a sign-in; the CPU time is that of the "
    "back end alone",
    "the time from the start to the first response is that to a request without a token",
    "the AWS SDK has few features here; it and the handwritten back end read the root certificates of the system at startup",
    "the handwritten back end reads AWS credentials from the environment only, and does not retry",
    "the version with the AWS SDK contains ring, for TLS, and aws-lc, for jsonwebtoken",
    "lines of code are those of the package that are neither empty nor a comment; the shared crate with the settings does not count",
]


class Pool(NamedTuple):
    """A user pool in ministack."""

    url: str
    id: str
    client: dict[str, str]
    public_client: dict[str, str]
    administrator: dict[str, str]

    def call(self, operation: str, **members: object) -> dict:
        """Calls an operation as an administrator whose signatures ministack does not check."""
        headers = {
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": f"AWSCognitoIdentityProviderService.{operation}",
            "Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/cognito-idp/aws4_request, "
            "SignedHeaders=host, Signature=0",
        }
        request = urllib.request.Request(self.url, json.dumps(members).encode(), headers)
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)

    def of_pool(self, operation: str, **members: object) -> dict:
        return self.call(operation, UserPoolId=self.id, **members)


@contextlib.contextmanager
def service(cores: set[int]) -> Iterator[Pool]:
    """Starts ministack on some cores, and creates a pool."""
    ministack = pathlib.Path(cargo.x("ministack").strip())
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="ministack-", dir=cargo.TARGET, ignore_cleanup_errors=True) as folder:
        environment = {
            **os.environ,
            "AUTH": "true",
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(port),
            "SERVICES": "cognito-idp,iam,sts",
            "STATE_DIR": folder,
            "S3_DATA_DIR": folder,
            "TMPDIR": folder,
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
        }
        with open(pathlib.Path(folder) / "log", "w") as log:
            process = subprocess.Popen(
                [sys.executable, TOOLS / "supervise.py", ministack],
                env=environment, stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=folder,
                preexec_fn=lambda: os.sched_setaffinity(0, cores),
            )
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(lambda: urllib.request.urlopen(f"{url}/_ministack/ready", timeout=5).close())
            command = [ministack.with_name("python"), TOOLS / "pool.py", "--administrator", url]
            made = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
            pool = Pool(url, made["pool"], made["confidential"], made["public"], made["administrator"])
            pool.of_pool("CreateGroup", GroupName="admins")
            yield pool
        finally:
            process.stdin.close()
            process.wait()


def free_port() -> int:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        return server.server_port


def wait_for(attempt: Callable[[], object]) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            attempt()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: object


class BackEnd(NamedTuple):
    """A running back end."""

    pid: int
    # The host and the port.
    address: str
    # The seconds from the start to the first response.
    start: float = 0.0

    def request(self, method: str, path: str, token: str | None, body: str | None) -> Answer:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection = http.client.HTTPConnection(self.address, timeout=60)
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        text = response.read()
        connection.close()
        return Answer(response.status, response.headers, json.loads(text) if text else None)

    def get(self, path: str, token: str | None = None) -> Answer:
        return self.request("GET", path, token, None)

    def post(self, path: str, token: str | None = None, **form: object) -> Answer:
        return self.request("POST", path, token, json.dumps(form))

    def cpu(self) -> float:
        """The CPU seconds of its threads, including those that have ended."""
        # The CPU clock of another process, as clock_getcpuclockid(3) computes its number.
        return time.clock_gettime(~self.pid << 3 | 2)

    def peak(self) -> float:
        """The peak memory, in KiB."""
        status = pathlib.Path(f"/proc/{self.pid}/status").read_text()
        return float(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")))


@contextlib.contextmanager
def running(program: Program, pool: Pool, endpoint: str | None = None) -> Iterator[BackEnd]:
    """Starts a back end, and stops it in any case."""
    environment = {
        "COGNITO_ENDPOINT": endpoint or pool.url,
        "COGNITO_USER_POOL": pool.id,
        "COGNITO_CLIENT_ID": pool.client["id"],
        "COGNITO_CLIENT_SECRET": pool.client["secret"],
        "AWS_ACCESS_KEY_ID": pool.administrator["id"],
        "AWS_SECRET_ACCESS_KEY": pool.administrator["secret"],
    }
    path = cargo.binary(program)
    with path.with_suffix(".errors").open("a") as errors:
        begun = time.perf_counter()
        process = subprocess.Popen([path], env=environment, stdout=subprocess.PIPE, stderr=errors, text=True)
    try:
        address = process.stdout.readline().strip().removeprefix("http://")
        if not address:
            sys.exit(f"error: {program.name} did not start; its errors are in {errors.name}")
        back_end = BackEnd(process.pid, address)
        back_end.get("/me")
        yield back_end._replace(start=time.perf_counter() - begun)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


class Checks:
    """Checks the responses of a back end, and keeps their forms to compare them with those of the other back ends."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.seen: list[tuple[str, int, object]] = []

    def expect(self, what: str, answer: Answer, status: int, body: object = ...) -> object:
        if answer.status != status or (body is not ... and answer.body != body):
            wanted = "" if body is ... else f" {body}"
            sys.exit(f"error: {self.program.name}: {what}: {answer.status} {answer.body} instead of {status}{wanted}")
        self.seen.append((what, status, form(answer.body)))
        return answer.body

    def fields(self, what: str, answer: Answer, *fields: str) -> None:
        self.expect(what, answer, 400)
        if answer.body["fields"] != list(fields):
            sys.exit(f"error: {self.program.name}: {what}: the fields {answer.body['fields']} instead of {list(fields)}")

    def refused(self, what: str, answer: Answer, status: int) -> None:
        self.expect(what, answer, status, None)
        if not answer.headers.get("WWW-Authenticate", "").startswith("Bearer"):
            sys.exit(f"error: {self.program.name}: {what}: no header WWW-Authenticate")


def form(body: object) -> object:
    """A body without the values that differ from run to run."""
    if not isinstance(body, dict):
        return body
    secret = {"access_token", "id_token", "refresh_token", "session", "username", "attributes"}
    return {name: "…" if name in secret and value is not None else value for name, value in sorted(body.items())}


def one_time_password(secret: str) -> str:
    digest = hmac.digest(base64.b32decode(secret), int(time.time() // 30).to_bytes(8), hashlib.sha1)
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4]) & 0x7FFFFFFF) % 1_000_000:06}"


def other(code: str) -> str:
    """A wrong code, which is also not the code of an adjacent period."""
    return f"{(int(code) + 500_000) % 1_000_000:06}"


def check(program: Program, pool: Pool) -> list[tuple[str, int, object]]:
    """Runs the requests of a user from sign-up to deactivation, and returns the forms of all responses."""
    checks = Checks(program)
    user = f"{program.package}-{time.time_ns()}"
    with running(program, pool) as back_end:
        sign_up_and_confirm(checks, back_end, user)
        tokens = sign_in(checks, back_end, user)
        verify(checks, back_end, pool, user, tokens)
        second_factor(checks, back_end, pool, user, tokens["access_token"])
        administer(checks, back_end, pool, user)
    unavailable(checks, program, pool, tokens["access_token"])
    return checks.seen


def sign_up_and_confirm(checks: Checks, back_end: BackEnd, user: str) -> None:
    new = {"username": user, "password": PASSWORD, "email": f"{user}@example.com"}
    not_json = back_end.request("POST", "/sign-up", None, "{")
    checks.fields("a form that is not JSON", not_json)
    checks.fields("a user name with a space", back_end.post("/sign-up", **{**new, "username": "a b"}), "username")
    checks.fields("a user name that is too long", back_end.post("/sign-up", **{**new, "username": "x" * 129}), "username")
    checks.fields("no user name", back_end.post("/sign-up", password=PASSWORD, email="x@example.com"), "username")
    checks.fields("no password", back_end.post("/sign-up", username=user, email="x@example.com"), "password")
    checks.fields("a weak password", back_end.post("/sign-up", **{**new, "password": "weak"}), "password")
    checks.expect("sign-up", back_end.post("/sign-up", **new), 201, {"next": "confirm"})
    checks.expect("the same user again", back_end.post("/sign-up", **new), 409)
    checks.expect("another code", back_end.post("/resend", username=user), 202, None)
    checks.expect("another code for nobody", back_end.post("/resend", username="nobody"), 202, None)
    checks.fields("another code without a user name", back_end.post("/resend"), "username")
    early = back_end.post("/sign-in", username=user, password=PASSWORD)
    checks.expect("sign-in before the confirmation", early, 403)
    checks.fields("a wrong code", back_end.post("/confirm", username=user, code="654321"), "code")
    checks.fields("a code of nobody", back_end.post("/confirm", username="nobody", code=CODE), "code")
    checks.fields("no code", back_end.post("/confirm", username=user), "code")
    checks.expect("confirmation", back_end.post("/confirm", username=user, code=CODE), 204, None)
    checks.fields("a second confirmation", back_end.post("/confirm", username=user, code=CODE), "code")


def sign_in(checks: Checks, back_end: BackEnd, user: str) -> dict:
    checks.fields("sign-in without values", back_end.post("/sign-in"), "username", "password")
    wrong = checks.expect("a wrong password", back_end.post("/sign-in", username=user, password="Correct-Horse-8"), 401)
    unknown = back_end.post("/sign-in", username="nobody", password=PASSWORD)
    checks.expect("an unknown user", unknown, 401, wrong)
    tokens = checks.expect("sign-in", back_end.post("/sign-in", username=user, password=PASSWORD), 200)
    refreshed = checks.expect("refresh", back_end.post("/refresh", refresh_token=tokens["refresh_token"]), 200)
    checks.expect("a refreshed token", back_end.get("/me", refreshed["access_token"]), 200, {"username": user, "groups": []})
    checks.fields("no refresh token", back_end.post("/refresh"), "refresh_token")
    checks.expect("a wrong refresh token", back_end.post("/refresh", refresh_token="x"), 401)
    return tokens


def verify(checks: Checks, back_end: BackEnd, pool: Pool, user: str, tokens: dict) -> None:
    token = tokens["access_token"]
    checks.expect("a verified token", back_end.get("/me", token), 200, {"username": user, "groups": []})
    checks.refused("no token", back_end.get("/me"), 401)
    checks.refused("an identity token", back_end.get("/me", tokens["id_token"]), 401)
    start, signature = token.rsplit(".", 1)
    forged = f"{start}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"
    checks.refused("a forged signature", back_end.get("/me", forged), 401)
    header, claims, signature = token.split(".")
    decoded = json.loads(base64.urlsafe_b64decode(claims + "=="))
    changed = base64.urlsafe_b64encode(json.dumps({**decoded, "username": "root"}).encode()).decode().rstrip("=")
    checks.refused("forged claims", back_end.get("/me", f"{header}.{changed}.{signature}"), 401)
    unsigned = base64.urlsafe_b64encode(json.dumps({"alg": "none", "kid": "x"}).encode()).decode().rstrip("=")
    checks.refused("no signature", back_end.get("/me", f"{unsigned}.{claims}."), 401)
    checks.refused("a token of another app client", back_end.get("/me", public_token(pool, user)), 401)
    seconds = {"AccessTokenValidity": 1, "TokenValidityUnits": {"AccessToken": "seconds"}}
    pool.of_pool("UpdateUserPoolClient", ClientId=pool.client["id"], **seconds)
    expired = back_end.post("/sign-in", username=user, password=PASSWORD).body["access_token"]
    hours = {"AccessTokenValidity": 1, "TokenValidityUnits": {"AccessToken": "hours"}}
    pool.of_pool("UpdateUserPoolClient", ClientId=pool.client["id"], **hours)
    time.sleep(2)
    checks.refused("an expired token", back_end.get("/me", expired), 401)


def public_token(pool: Pool, user: str) -> str:
    """An access token of the app client without a secret."""
    parameters = {"USERNAME": user, "PASSWORD": PASSWORD}
    response = pool.call(
        "InitiateAuth", AuthFlow="USER_PASSWORD_AUTH", ClientId=pool.public_client["id"], AuthParameters=parameters
    )
    return response["AuthenticationResult"]["AccessToken"]


def second_factor(checks: Checks, back_end: BackEnd, pool: Pool, user: str, token: str) -> None:
    secret = pool.call("AssociateSoftwareToken", AccessToken=token)["SecretCode"]
    pool.call("VerifySoftwareToken", AccessToken=token, UserCode=one_time_password(secret))
    settings = {"Enabled": True, "PreferredMfa": True}
    pool.call("SetUserMFAPreference", AccessToken=token, SoftwareTokenMfaSettings=settings)
    challenge = checks.expect("a challenge", back_end.post("/sign-in", username=user, password=PASSWORD), 200)
    if challenge["challenge"] != "SOFTWARE_TOKEN_MFA":
        sys.exit(f"error: {checks.program.name}: the challenge is {challenge['challenge']}")
    code = one_time_password(secret)
    checks.fields("a challenge without code", back_end.post("/answer", **challenge), "code")
    checks.fields("another challenge", back_end.post("/answer", **{**challenge, "challenge": "X"}, code=code), "challenge")
    checks.fields("a wrong answer", back_end.post("/answer", **challenge, code=other(code)), "code")
    tokens = checks.expect("an answer", back_end.post("/answer", **challenge, code=one_time_password(secret)), 200)
    body = {"username": user, "groups": []}
    checks.expect("a token after the answer", back_end.get("/me", tokens["access_token"]), 200, body)


def administer(checks: Checks, back_end: BackEnd, pool: Pool, user: str) -> None:
    admin, email = f"admin-{user}", f"{user}@example.com"
    back_end.post("/sign-up", username=admin, password=PASSWORD, email="admin@example.com")
    back_end.post("/confirm", username=admin, code=CODE)
    token = back_end.post("/sign-in", username=admin, password=PASSWORD).body["access_token"]
    checks.refused("no administrator", back_end.post("/admin/disable", username=user), 401)
    checks.refused("a user disables", back_end.post("/admin/disable", token, username=user), 403)
    checks.refused("a user gets a user", back_end.get(f"/admin/user?username={user}", token), 403)
    pool.of_pool("AdminAddUserToGroup", Username=admin, GroupName="admins")
    token = back_end.post("/sign-in", username=admin, password=PASSWORD).body["access_token"]
    checks.expect("the groups of an administrator", back_end.get("/me", token), 200, {"username": admin, "groups": ["admins"]})
    found = checks.expect("an administrator gets a user", back_end.get(f"/admin/user?username={user}", token), 200)
    if found["username"] != user or found["enabled"] is not True or found["attributes"]["email"] != email:
        sys.exit(f"error: {checks.program.name}: another user: {found}")
    checks.fields("an administrator gets nobody", back_end.get("/admin/user", token), "username")
    checks.expect("an administrator gets an unknown user", back_end.get("/admin/user?username=nobody", token), 404)
    checks.fields("an administrator disables nobody", back_end.post("/admin/disable", token), "username")
    checks.expect("an administrator disables a user", back_end.post("/admin/disable", token, username=user), 204, None)
    checks.expect("a disabled user", back_end.post("/sign-in", username=user, password=PASSWORD), 401)
    found = back_end.get(f"/admin/user?username={user}", token)
    if found.body["enabled"] is not False:
        sys.exit(f"error: {checks.program.name}: the user is not disabled")


class Throttling(BaseHTTPRequestHandler):
    """A service that throttles all requests."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        body = json.dumps({"__type": "TooManyRequestsException", "message": "Rate exceeded"}).encode()
        self.send_response(400)
        self.send_header("Content-Type", "application/x-amz-json-1.1")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def unavailable(checks: Checks, program: Program, pool: Pool, token: str) -> None:
    values = {"username": "alice", "password": PASSWORD}
    with ThreadingHTTPServer(("127.0.0.1", 0), Throttling) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with running(program, pool, f"http://127.0.0.1:{server.server_port}") as back_end:
            checks.expect("a throttled sign-in", back_end.post("/sign-in", **values), 429)
        server.shutdown()
    with running(program, pool, calls.NOWHERE) as back_end:
        checks.expect("a service that does not listen", back_end.post("/sign-in", **values), 502)
        checks.expect("keys that cannot be fetched", back_end.get("/me", token), 503, None)


def compare(task: programs.Task) -> None:
    """Exits with an error unless every back end gives the expected responses, and the same ones as the first."""
    with service(os.sched_getaffinity(0)) as pool:
        first, *others = task.programs
        expected = check(first, pool)
        for program in others:
            for wanted, seen in zip(expected, check(program, pool), strict=True):
                if wanted != seen:
                    sys.exit(f"error: the responses are not the same\n  {first.name}: {wanted}\n  {program.name}: {seen}")
    print(f"{len(expected)} responses of {len(task.programs)} back ends are the same", file=sys.stderr)


def load(back_end: BackEnd, cores: set[int], requests: list[str], at_a_time: int) -> tuple[float, list[float]]:
    """The CPU seconds of the requests, and the microseconds of each that is not the first of its connection."""
    before = back_end.cpu()
    command = [cargo.binary(programs.LOAD), back_end.address, str(at_a_time)]
    done = subprocess.run(
        command, env={}, input="".join(f"{request}\n" for request in requests), stdout=subprocess.PIPE, text=True,
        preexec_fn=lambda: os.sched_setaffinity(0, cores),
    )
    if done.returncode != 0:
        sys.exit(f"error: {' '.join(map(str, command))} failed")
    return back_end.cpu() - before, [float(duration) for duration in done.stdout.split()]


def measure(all_programs: list[Program], rounds: int, found: Found) -> None:
    """Starts the back ends again in each round, on a core that neither ministack nor the load generator uses."""
    with calls.pinned() as rest, service(rest) as pool:
        with running(all_programs[0], pool) as back_end:
            refresh_token = signed_in(back_end, "new")["refresh_token"]
            refreshed = (back_end.post("/refresh", refresh_token=refresh_token).body for _ in range(VERIFIED))
            new_tokens = [tokens["access_token"] for tokens in refreshed]
            assert len(set(new_tokens)) == VERIFIED
        for number in range(rounds):
            with contextlib.ExitStack() as started:
                in_order = all_programs if number % 2 == 0 else reversed(all_programs)
                back_ends = {program: started.enter_context(running(program, pool)) for program in in_order}
                round_of(back_ends, rest, number, new_tokens, found)


def signed_in(back_end: BackEnd, user: str) -> dict:
    """The tokens of a new user."""
    back_end.post("/sign-up", username=user, password=PASSWORD, email="user@example.com")
    back_end.post("/confirm", username=user, code=CODE)
    return back_end.post("/sign-in", username=user, password=PASSWORD).body


def round_of(
    back_ends: dict[Program, BackEnd], cores: set[int], number: int, new_tokens: list[str], found: Found
) -> None:
    """Measures requests of each kind. The back ends have not seen the new tokens."""
    users = {program: f"{program.package}-{number}-{time.time_ns()}" for program in back_ends}
    # No measured request connects to the service or fetches the keys.
    tokens = [signed_in(back_end, users[program])["access_token"] for program, back_end in back_ends.items()]
    same = [f"GET /me {tokens[0]} "] * VERIFIED
    once = [f"GET /me {token} " for token in new_tokens]
    for program, back_end in back_ends.items():
        note(found, program, programs.START, back_end.start)
        load(back_end, cores, same[: VERIFIED // 10], programs.AT_A_TIME)
    for measures, requests in ((programs.VERIFIED, same), (programs.VERIFIED_ONCE, once)):
        turns = [
            (program, load(back_end, cores, requests[start : start + TURN], programs.AT_A_TIME))
            for start in range(0, VERIFIED, TURN)
            for program, back_end in back_ends.items()
        ]
        for program in back_ends:
            note_costs(found, program, measures, [costs for turn, costs in turns if turn == program], VERIFIED)
    for program, back_end in back_ends.items():
        names = [f"{users[program]}-{count}" for count in range(SLOW)]
        forms = [{"username": name, "password": PASSWORD, "email": "user@example.com"} for name in names]
        sign_up = [f"POST /sign-up - {json.dumps(values)}" for values in forms]
        sign_in = [f"POST /sign-in - {json.dumps({'username': users[program], 'password': PASSWORD})}"] * SLOW
        for measures, requests in ((programs.SIGN_UP, sign_up), (programs.SIGN_IN, sign_in)):
            note_costs(found, program, measures, [load(back_end, cores, requests, 1)], SLOW)
        note(found, program, programs.PEAK, back_end.peak())


def note_costs(
    found: Found, program: Program, measures: tuple[Measure, ...], costs: list[tuple[float, list[float]]], requests: int
) -> None:
    """Notes the CPU time of a request, and the median and the 99th percentile of the time until its response."""
    durations = sorted(duration for _, turn in costs for duration in turn)
    median, high = (durations[(len(durations) - 1) * percent // 100] for percent in (50, 99))
    for measure, value in zip(measures, (sum(cpu for cpu, _ in costs) / requests, median, high)):
        note(found, program, measure, value)


def lines(program: Program) -> int:
    """The number of lines of its sources that are neither empty nor a comment."""
    sources = (cargo.HERE / program.package / "src").rglob("*.rs")
    texts = (line.strip() for source in sources for line in source.read_text().splitlines())
    return sum(1 for text in texts if text and not text.startswith("//"))
