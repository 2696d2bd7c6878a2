"""What `cargo test --workspace` costs from an empty target folder, beside an earlier revision, in CPU seconds.

usage: test_cost.py [--base REVISION] [--bound RATIO]   (from anywhere; clones and builds under target/test-cost)

Both revisions are cloned, tested one after the other and deleted. The CPU seconds are those of all processes: compilers, tests and
the servers that the tests install. Downloads of crates come before. The outputs stay in target/test-cost.
"""

import argparse
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "target" / "test-cost"
# The last revision at which the fixtures were built with the dependencies of all other tests.
BASE = "2eb241f"
BOUND = 0.6


def children() -> float:
    """The CPU seconds of all processes that have ended so far."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def cost(name: str, revision: str) -> float:
    """The CPU seconds of the tests of a revision."""
    clone, log = FOLDER / name, FOLDER / f"{name}.log"
    shutil.rmtree(clone, ignore_errors=True)
    # The target folder is that of the clone.
    environment = {key: value for key, value in os.environ.items() if key != "CARGO_TARGET_DIR"}
    subprocess.run(["git", "clone", "--quiet", "--no-checkout", ROOT, clone], check=True)
    subprocess.run(["git", "checkout", "--quiet", "--detach", revision], cwd=clone, check=True)
    subprocess.run(["cargo", "fetch", "--quiet", "--locked"], cwd=clone, env=environment, check=True)
    before = children()
    with log.open("w") as output:
        command = ["cargo", "test", "--workspace", "--locked"]
        status = subprocess.run(command, cwd=clone, env=environment, stdout=output, stderr=output).returncode
    seconds = children() - before
    if status != 0:
        sys.exit(f"error: the tests of {revision} fail; their output is in {log}")
    passed = sum(int(count) for count in re.findall(r"^test result: ok\. (\d+) passed", log.read_text(), re.MULTILINE))
    print(f"{name} ({revision}): {seconds:.0f} CPU seconds, {passed} tests", flush=True)
    shutil.rmtree(clone)
    return seconds


def main() -> None:
    """Reads the arguments and compares the two revisions."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--base", default=BASE)
    parser.add_argument("--bound", type=float, default=BOUND)
    arguments = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()
    base = cost("base", arguments.base)
    ratio = cost("head", head[:7]) / base
    print(f"ratio {ratio:.2f}, at most {arguments.bound}")
    if ratio > arguments.bound:
        sys.exit("error: the tests cost too much")


main()
