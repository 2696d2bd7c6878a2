"""Measures the CPU time and the instructions of the proof of a password (SRP), also with aws-cognito-srp and pycognito.

A proof is everything that a sign-in computes: the key pair and the answer to PASSWORD_VERIFIER. With a remembered device, the
same follows for DEVICE_PASSWORD_VERIFIER. The rounds are interleaved.
Writes its part of RESULTS.md and checks two bounds; needs valgrind, and installs pycognito under the target folder.
"""

import os
import pathlib
import re
import statistics
import subprocess
import sys

import report

FOLDER = pathlib.Path(__file__).parent / "srp"
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", FOLDER / "target"))
PYCOGNITO = "pycognito==2024.5.1"
ROUNDS = 9
# The maximum ratio of the instructions of a proof to those with aws-cognito-srp.
BOUND = 0.35
# The maximum ratio of the CPU time of a proof with a device to that with the faster of the other clients.
DEVICE_BOUND = 1.0
OURS, THEIRS, PYTHONS = "cognito-userpools", "aws-cognito-srp 0.2.6", "pycognito 2024.5.1"
WITH_DEVICE = ", user and device"

PYTHON = """
import base64, hashlib, hmac, sys
from pycognito.aws_srp import AWSSRP
public = "".join(f"{(byte * 167 + 13) % 251:02x}" for byte in range(384))
device = {"device_key": "eu-west-1_0a1b2c3d", "device_group_key": "-a1b2c3d4", "device_password": "the password of the device"}
if "device" not in sys.argv:
    device = {}
for _ in range(int(sys.argv[1])):
    srp = AWSSRP("alice", "correct horse", "eu-west-1_Ab12Cd34", "1example23456789", client=object(), **device)
    assert len(srp.get_auth_params()["SRP_A"]) > 700
    srp.process_challenge(
        {"USER_ID_FOR_SRP": "alice", "SALT": "51a2b3c4d5e6f708192a3b4c5d6e7f80", "SRP_B": public,
         "SECRET_BLOCK": "YSBzZWNyZXQgYmxvY2s="},
        {"USERNAME": "alice"},
    )
    if device:
        srp.process_device_challenge(
            {"USERNAME": "alice", "SALT": "51a2b3c4d5e6f708192a3b4c5d6e7f80", "SRP_B": public,
             "SECRET_BLOCK": "YSBzZWNyZXQgYmxvY2s="},
        )
"""


def build(profile: str) -> pathlib.Path:
    subprocess.run(["cargo", "build", "--quiet", "--locked", "--profile", profile], cwd=FOLDER, check=True,
                   env={**os.environ, "CARGO_TARGET_DIR": str(TARGET)})
    return TARGET / {"dev": "debug"}.get(profile, profile) / "compare-srp"


def pycognito() -> pathlib.Path:
    venv = TARGET / PYCOGNITO
    python = venv / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", PYCOGNITO], check=True)
    return python


def arguments(name: str, command: list[str], proofs: int) -> list[str]:
    return [*command, str(proofs), *(["device"] if name.endswith(WITH_DEVICE) else [])]


def cpu(command: list[str]) -> float:
    """The CPU time of a run, in milliseconds."""
    child = subprocess.Popen(command)
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        raise SystemExit(f"{command[0]} failed")
    child.returncode = 0
    return 1000 * (usage.ru_utime + usage.ru_stime)


def instructions(command: list[str]) -> int:
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    output = subprocess.run([*valgrind, *command], capture_output=True, text=True, check=True).stderr
    return int(re.search(r"Collected : (\d+)", output)[1])


def main() -> None:
    release, debug, override = build("release"), build("dev"), build("dev-override")
    programs = {
        OURS: ([str(release), "cognito-userpools"], 40),
        THEIRS: ([str(release), "aws-cognito-srp"], 40),
        PYTHONS: ([str(pycognito()), "-c", PYTHON], 40),
        f"{OURS}, debug": ([str(debug), "cognito-userpools"], 10),
        f"{OURS}, debug with `opt-level = 3` for this crate": ([str(override), "cognito-userpools"], 40),
        f"{THEIRS}, debug": ([str(debug), "aws-cognito-srp"], 4),
    }
    for name in (OURS, THEIRS, PYTHONS):
        programs[name + WITH_DEVICE] = programs[name]
    times: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(ROUNDS):
        for name, (command, proofs) in programs.items():
            # The difference leaves out the start of the program.
            many, one = arguments(name, command, proofs + 1), arguments(name, command, 1)
            times[name].append((cpu(many) - cpu(one)) / proofs)
    compiled = {name: command for name, (command, _) in programs.items() if "pycognito" not in name}
    counted = {
        name: (instructions(arguments(name, command, 3)) - instructions(arguments(name, command, 1))) / 2e6
        for name, command in compiled.items()
    }
    medians = {name: statistics.median(values) for name, values in times.items()}
    lines = ["| | CPU ms | instructions, millions |", "| --- | ---: | ---: |"]
    for name in programs:
        count = f"{counted[name]:.1f}" if name in counted else ""
        lines.append(f"| {name} | {medians[name]:.1f} | {count} |")
    ratio = counted[OURS] / counted[THEIRS]
    lines.append(f"\nThe ratio of instructions, {OURS} to {THEIRS}, is {ratio:.2f}. It must be at most {BOUND}.")
    device_ratio = medians[OURS + WITH_DEVICE] / min(medians[THEIRS + WITH_DEVICE], medians[PYTHONS + WITH_DEVICE])
    lines.append(
        f"\nThe ratio of CPU time for a user and a device, {OURS} to the faster of the others, is {device_ratio:.2f}.\n"
        f"It must be at most {DEVICE_BOUND}."
    )
    table = "\n".join([f"- {report.date_and_machine()}\n", *lines])
    print(table)
    report.RESULTS.write_text(report.section(report.RESULTS.read_text(), "srp", table))
    if ratio > BOUND:
        raise SystemExit("error: a proof takes too many instructions")
    if device_ratio > DEVICE_BOUND:
        raise SystemExit("error: a proof with a device takes too much CPU time")


if __name__ == "__main__":
    main()
