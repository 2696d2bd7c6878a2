"""Checks that the programs of a task make the same requests, with a server that records them."""

import copy
import json
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

import cargo
from cargo import Program
from programs import Task

# The user name is not ASCII, since the secret hash depends on its bytes.
ARGUMENTS = ["1example23456789", "0123456789abcdefghijklmnopqrstuv", "josé"]
FAILURE = "NotAuthorizedException"
SERVICE = "AWSCognitoIdentityProviderService."


class Request(NamedTuple):
    operation: str
    path: str
    content_type: str
    body: object


class Different(Exception):
    """The programs make different requests, so their figures cannot be compared."""


class Recorder(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, status: int, response: object) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status = status
        self.response = json.dumps(response).encode()
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
        self.send_header("Content-Length", str(len(self.server.response)))
        self.end_headers()
        self.wfile.write(self.server.response)

    def log_message(self, *_: object) -> None:
        pass


def record(program: Program, task: Task, status: int, response: object, printed: str) -> list[Request]:
    """Runs a program that gets the same response to each request, and returns its requests. It must print a line for each response."""
    with Recorder(status, response) as server:
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
            raise Different(f"{program.name} printed this after a response with the status {status}: {line}")
    return server.requests


def known(requests: list[Request], program: Program) -> list[Request]:
    """Returns the requests that a program can make, without the members that it lacks."""
    requests = copy.deepcopy([request for request in requests if request.operation not in program.unknown])
    for *outer, member in program.lacks:
        for request in requests:
            at = request.body
            for name in outer:
                at = at[name]
            del at[member]
    return requests


def compare(task: Task) -> None:
    """Checks that the programs of a task make the same requests, except for operations and members that they lack. The first program
    has all of them."""
    failure = {"__type": FAILURE, "message": "No."}
    for status, response, printed in [(200, task.response, "Ok("), (400, failure, "Err(")]:
        first, *others = task.programs
        expected = record(first, task, status, response, printed)
        names = [request.operation for request in expected]
        if len(names) != task.operations or names != sorted(set(names)):
            raise Different(f"{first.name} does not call {task.operations} operations in alphabetical order: {names}")
        for program in others:
            requests = record(program, task, status, response, printed)
            wanted = known(expected, program)
            called = [request.operation for request in requests]
            if called != [request.operation for request in wanted]:
                raise Different(f"{program.name} does not call the operations of {first.name} that it has: {called}")
            for here, there in zip(wanted, requests):
                if here != there:
                    raise Different(f"the requests are not the same\n  {first.name}: {here}\n  {program.name}: {there}")
