"""Holds the public interface of the runtime against `tests/public-api.txt`; with BLESS=1 writes that anew. A line that goes or changes
is a new major version, a line that comes a minor one.

usage: public_api.py   (from anywhere; needs cargo-public-api, and the rustc that the file was written with)
"""

import difflib
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILE = ROOT / "tests" / "public-api.txt"

rustc = subprocess.run(["rustc", "--version"], check=True, capture_output=True, text=True).stdout.split()[1]
command = ["cargo", "public-api", "-p", "cognito-op", "--all-features", "-sss", "--color", "never"]
# rustdoc's JSON is not stable, so neither is what reads it.
environment = os.environ | {"RUSTC_BOOTSTRAP": "1"}
listed = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False)
if listed.returncode != 0:
    sys.exit("error: the public interface cannot be listed; is cargo-public-api installed?")
now = f"# rustc {rustc}\n{listed.stdout}"
if os.environ.get("BLESS"):
    FILE.write_text(now)
    sys.exit()
written = FILE.read_text()
if written.splitlines()[0] != now.splitlines()[0]:
    sys.exit(f"error: it was written with {written.splitlines()[0].removeprefix('# ')}, and this is rustc {rustc}")
changed = list(difflib.unified_diff(written.splitlines(), now.splitlines(), "written down", "now", lineterm="", n=0))
print("\n".join(changed) or f"{len(now.splitlines()) - 1} lines, as written down")
sys.exit(bool(changed))
