"""Compares the public interfaces of the runtime and of `cognito-userpools` with the files `public-api.txt` and
`public-api-userpools.txt` in `tests`; with BLESS=1, writes the files. A removed or changed line needs a new major version, an added
line a minor one.

usage: public_api.py   (from anywhere; needs cargo-public-api, and the rustc that the file was written with)
"""

import difflib
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILES = {"cognito-op": "public-api.txt", "cognito-userpools": "public-api-userpools.txt"}

rustc = subprocess.run(["rustc", "--version"], check=True, capture_output=True, text=True).stdout.split()[1]
# The JSON of rustdoc is unstable, and so is its reader.
environment = os.environ | {"RUSTC_BOOTSTRAP": "1"}
failed = False
for package, name in FILES.items():
    command = ["cargo", "public-api", "-p", package, "--all-features", "-sss", "--color", "never"]
    listed = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if listed.returncode != 0:
        sys.exit(f"error: the public interface of {package} cannot be listed; is cargo-public-api installed?")
    now = f"# rustc {rustc}\n{listed.stdout}"
    file = ROOT / "tests" / name
    if os.environ.get("BLESS"):
        file.write_text(now)
        continue
    written = file.read_text()
    if written.splitlines()[0] != now.splitlines()[0]:
        sys.exit(f"error: {name} was written with {written.splitlines()[0].removeprefix('# ')}, and this is rustc {rustc}")
    changed = list(difflib.unified_diff(written.splitlines(), now.splitlines(), name, "now", lineterm="", n=0))
    print("\n".join(changed) or f"{package}: {len(now.splitlines()) - 1} lines, unchanged")
    failed |= bool(changed)
sys.exit(failed)
