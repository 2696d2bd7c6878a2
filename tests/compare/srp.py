"""Measures the proof of a password (SRP) beside aws-cognito-srp and pycognito, in CPU time and instructions.

A proof is everything that a sign-in computes: the key pair and the answer to PASSWORD_VERIFIER. The rounds are interleaved.
Writes its part of RESULTS.md and checks a bound; needs valgrind, and installs pycognito under the target folder.
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
# The instructions of a proof, as a part of those of aws-cognito-srp.
BOUND = 0.35
OURS, THEIRS = "cognito-userpools", "aws-cognito-srp 0.2.6"

PYTHON = """
import base64, hashlib, hmac, sys
from pycognito.aws_srp import AWSSRP
public = "".join(f"{(byte * 167 + 13) % 251:02x}" for byte in range(384))
for _ in range(int(sys.argv[1])):
    srp = AWSSRP("alice", "correct horse", "eu-west-1_Ab12Cd34", "1example23456789", client=object())
    assert len(srp.get_auth_params()["SRP_A"]) > 700
    srp.process_challenge(
        {"USER_ID_FOR_SRP": "alice", "SALT": "51a2b3c4d5e6f708192a3b4c5d6e7f80", "SRP_B": public,
         "SECRET_BLOCK": "YSBzZWNyZXQgYmxvY2s="},
        {"USERNAME": "alice"},
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


def cpu(command: list[str], proofs: int) -> float:
    """The CPU time of a run, in milliseconds."""
    child = subprocess.Popen([*command, str(proofs)])
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        raise SystemExit(f"{command[0]} failed")
    child.returncode = 0
    return 1000 * (usage.ru_utime + usage.ru_stime)


def instructions(command: list[str], proofs: int) -> int:
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    output = subprocess.run([*valgrind, *command, str(proofs)], capture_output=True, text=True, check=True).stderr
    return int(re.search(r"Collected : (\d+)", output)[1])


def main() -> None:
    release, debug, override = build("release"), build("dev"), build("dev-override")
    programs = {
        OURS: ([str(release), "cognito-userpools"], 40),
        THEIRS: ([str(release), "aws-cognito-srp"], 40),
        "pycognito 2024.5.1": ([str(pycognito()), "-c", PYTHON], 40),
        f"{OURS}, debug": ([str(debug), "cognito-userpools"], 10),
        f"{OURS}, debug with `opt-level = 3` for this crate": ([str(override), "cognito-userpools"], 40),
        f"{THEIRS}, debug": ([str(debug), "aws-cognito-srp"], 4),
    }
    times: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(ROUNDS):
        for name, (command, proofs) in programs.items():
            # The difference leaves out the start of the program.
            times[name].append((cpu(command, proofs + 1) - cpu(command, 1)) / proofs)
    compiled = {name: command for name, (command, _) in programs.items() if "pycognito" not in name}
    counted = {name: (instructions(command, 3) - instructions(command, 1)) / 2e6 for name, command in compiled.items()}
    lines = ["| | CPU ms | instructions, millions |", "| --- | ---: | ---: |"]
    for name in programs:
        count = f"{counted[name]:.1f}" if name in counted else ""
        lines.append(f"| {name} | {statistics.median(times[name]):.1f} | {count} |")
    ratio = counted[OURS] / counted[THEIRS]
    lines.append(f"\nThe ratio of instructions, {OURS} to {THEIRS}, is {ratio:.2f}. It must be at most {BOUND}.")
    table = "\n".join(lines)
    print(table)
    report.RESULTS.write_text(report.section(report.RESULTS.read_text(), "srp", table))
    if ratio > BOUND:
        raise SystemExit("a proof takes too many instructions")


if __name__ == "__main__":
    main()
