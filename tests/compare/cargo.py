"""Builds and looks at the packages of this workspace."""

import os
import pathlib
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "target" / "compare"
# Only the workspace says how its programs are built.
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(("CARGO_BUILD_", "CARGO_ENCODED_", "CARGO_INCREMENTAL", "CARGO_PROFILE_", "CARGO_TARGET_"))
    and name not in ("CFLAGS", "CXXFLAGS", "RUSTC", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER", "RUSTFLAGS")
}


def output(*command: str) -> str:
    done = subprocess.run(command, cwd=HERE, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"error: {' '.join(command)} failed")
    return done.stdout


def fetch() -> None:
    """Brings every crate here, so that no build waits for the network."""
    output("cargo", "fetch", "--quiet", "--locked")


def program(package: str) -> pathlib.Path:
    return TARGET / package / "release" / package


def cold_build(package: str) -> tuple[float, float]:
    """The CPU seconds and the seconds of a release build of a package and all that it depends on."""
    shutil.rmtree(TARGET / package, ignore_errors=True)
    TARGET.mkdir(parents=True, exist_ok=True)
    command = ["cargo", "build", "--release", "--offline", "--locked", "-p", package, "--target-dir", TARGET / package]
    log = TARGET / f"{package}.log"
    with log.open("w") as file:
        begun = time.monotonic()
        child = subprocess.Popen(command, cwd=HERE, env=ENVIRONMENT, stdout=file, stderr=subprocess.STDOUT)
        # Of cargo and all that it waited for: compilers, build scripts and linkers.
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"error: the build of {package} failed\n{log.read_text()[-3000:]}")
    return usage.ru_utime + usage.ru_stime, wall


def crates(package: str, edges: str) -> dict[str, list[str]]:
    """The versions of each crate that a package depends on, itself left out."""
    tree = output("cargo", "tree", "--offline", "--locked", "-p", package, "-e", edges, "--prefix", "none")
    found: dict[str, set[str]] = {}
    for line in tree.splitlines():
        name, version, *_ = line.split()
        if name != package:
            found.setdefault(name, set()).add(version.removeprefix("v"))
    return {name: sorted(versions) for name, versions in found.items()}
