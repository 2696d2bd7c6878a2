"""Compares the requests of programs, each of which is run against a server that records them."""

import copy
import json
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

import cargo
from cargo import Program
from programs import Task

# A user name beyond ASCII, since the secret hash is over its bytes.
ARGUMENTS = ["1example23456789", "0123456789abcdefghijklmnopqrstuv", "josé"]
FAILURE = "NotAuthorizedException"
SERVICE = "AWSCognitoIdentityProviderService."


class Request(NamedTuple):
    operation: str
    path: str
    content_type: str
    body: object


class Different(Exception):
    """The programs do not do the same, so that it says nothing to measure them."""


class Recorder(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, status: int, answer: object) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status = status
        self.answer = json.dumps(answer).encode()
        self.requests: list[Request] = []


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Recorder

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        operation = self.headers["X-Amz-Target"].removeprefix(SERVICE)
        self.server.requests.append(Request(operation, self.path, self.headers["Content-Type"], body))
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/x-amz-json-1.1")
        self.send_header("Content-Length", str(len(self.server.answer)))
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, *_: object) -> None:
        pass


def record(program: Program, task: Task, status: int, answer: object, printed: str) -> list[Request]:
    """Returns the requests of a program that gets this response to each. It has to print its outcome for each response."""
    with Recorder(status, answer) as server:
        threading.Thread(target=server.serve_forever).start()
        try:
            command = [cargo.binary(program), f"http://127.0.0.1:{server.server_port}", *ARGUMENTS, *task.arguments]
            # Without the environment of this machine, which may set a proxy.
            output = subprocess.run(command, env=task.environment, check=True, timeout=60, stdout=subprocess.PIPE, text=True).stdout
        finally:
            server.shutdown()
    lines = output.splitlines()
    if len(lines) != len(server.requests):
        raise Different(f"{program.name} made {len(server.requests)} requests and printed {len(lines)} lines")
    for line in lines:
        _, _, outcome = line.partition(" ")
        if not outcome.startswith(printed) or (status != 200 and "NotAuthorized" not in outcome):
            raise Different(f"{program.name} made this of an answer with the status {status}: {line}")
    return server.requests


def known(requests: list[Request], program: Program) -> list[Request]:
    """Those of the requests that a program can make, without the members that it does not know."""
    requests = copy.deepcopy([request for request in requests if request.operation not in program.unknown])
    for *outer, member in program.lacks:
        for request in requests:
            at = request.body
            for name in outer:
                at = at[name]
            del at[member]
    return requests


def hold_together(task: Task) -> None:
    """The programs of a task make the same requests, without the operations and members that they do not know. The first program
    knows all."""
    failure = {"__type": FAILURE, "message": "No."}
    for status, answer, printed in [(200, task.answer, "Ok("), (400, failure, "Err(")]:
        first, *others = task.programs
        expected = record(first, task, status, answer, printed)
        names = [request.operation for request in expected]
        if len(names) != task.operations or names != sorted(set(names)):
            raise Different(f"{first.name} does not call {task.operations} operations in alphabetical order: {names}")
        for program in others:
            requests = record(program, task, status, answer, printed)
            wanted = known(expected, program)
            called = [request.operation for request in requests]
            if called != [request.operation for request in wanted]:
                raise Different(f"{program.name} does not call just what it knows of {first.name}'s: {called}")
            for here, there in zip(wanted, requests):
                if here != there:
                    raise Different(f"the requests are not the same\n  {first.name}: {here}\n  {program.name}: {there}")
