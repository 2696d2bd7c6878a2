"""Builds the packages of this workspace, and lists the crates that they depend on."""

import os
import pathlib
import shutil
import subprocess
import sys
import time
from typing import NamedTuple

HERE = pathlib.Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "target" / "compare"
# The environment without the variables that change how a program is built.
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(("CARGO_BUILD_", "CARGO_ENCODED_", "CARGO_INCREMENTAL", "CARGO_PROFILE_", "CARGO_TARGET_"))
    and name not in ("CFLAGS", "CXXFLAGS", "RUSTC", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER", "RUSTFLAGS")
}


class Program(NamedTuple):
    name: str
    # The package in this workspace.
    package: str
    # The crate of the client.
    client: str
    # The file in which an operation is written.
    source: str
    features: tuple[str, ...] = ()
    # The operations that the client lacks.
    unknown: frozenset[str] = frozenset()
    # The members that it lacks, by path.
    lacks: frozenset[tuple[str, ...]] = frozenset()


class Cost(NamedTuple):
    """The seconds that a build takes."""

    cpu: float
    wall: float
    # The CPU seconds of the compiler for each crate.
    crates: dict[str, float]


def output(*command: str) -> str:
    done = subprocess.run(command, cwd=HERE, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"error: {' '.join(command)} failed")
    return done.stdout


def x(*arguments: str) -> str:
    """The output of a command of `cargo x`."""
    return output("cargo", "run", "--quiet", "--manifest-path", str(HERE.parent / "xtask" / "Cargo.toml"), "--", *arguments)


def fetch() -> None:
    """Downloads every crate, so that no build waits for the network."""
    output("cargo", "fetch", "--quiet", "--locked")


def folder(program: Program) -> pathlib.Path:
    return TARGET / program.name.replace(", ", "-").replace(" ", "-").lower()


def binary(program: Program) -> pathlib.Path:
    """The path to which the program is copied after its build."""
    return TARGET / "programs" / folder(program).name


def build(program: Program, release: bool) -> Cost:
    """Builds a program, without the parts that are up to date."""
    target = folder(program)
    times = target / "times"
    times.mkdir(parents=True, exist_ok=True)
    profile = ["--release"] if release else []
    package = ["-p", program.package, *program.features]
    command = ["cargo", "build", *profile, "--offline", "--locked", *package, "--target-dir", target]
    environment = {**ENVIRONMENT, "RUSTC_WRAPPER": str(HERE / "rustc-times"), "COMPILER_TIMES": str(times)}
    log = TARGET / f"{target.name}.log"
    with log.open("w") as file:
        begun = time.monotonic()
        child = subprocess.Popen(command, cwd=HERE, env=environment, stdout=file, stderr=subprocess.STDOUT)
        # Includes the processes that cargo waited for: compilers, build scripts and linkers.
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"error: the build of {program.package} failed\n{log.read_text()[-3000:]}")
    crates = {file.name: compiler_cpu(file.read_text()) for file in times.iterdir()}
    return Cost(usage.ru_utime + usage.ru_stime, wall, crates)


def compiler_cpu(times: str) -> float:
    """Parses the output of the command `times` of a shell. Returns the CPU seconds of the processes that it started."""
    user, system = (word.rstrip("s").split("m") for word in times.splitlines()[1].split())
    return 60 * (int(user[0]) + int(system[0])) + float(user[1]) + float(system[1])


def is_stale(program: Program) -> bool:
    """Whether the program is missing, or older than its sources in this repository."""
    kept = binary(program)
    if not kept.exists():
        return True
    sources = [HERE / program.package, HERE / "driver", HERE / "back-end", HERE / "Cargo.lock"]
    if program.client == "cognito-op":
        sources += [HERE.parents[1] / crate / "src" for crate in ("macros", "runtime", "userpools")]
    files = [file for path in sources for file in (path.rglob("*") if path.is_dir() else [path]) if file.is_file()]
    return any(file.stat().st_mtime > kept.stat().st_mtime for file in files)


def forget(program: Program) -> None:
    """Removes the target folder of a program, which can be large."""
    shutil.rmtree(folder(program), ignore_errors=True)


def cold_release(program: Program) -> Cost:
    """Builds a package and its dependencies in the release profile. Keeps the program, and removes the rest."""
    forget(program)
    cost = build(program, release=True)
    binary(program).parent.mkdir(exist_ok=True)
    shutil.copy(folder(program) / "release" / program.package, binary(program))
    forget(program)
    return cost


def cold_debug(program: Program, touches: int) -> tuple[Cost, list[Cost]]:
    """Builds a package and its dependencies in the debug profile, and again each time after its source is touched."""
    forget(program)
    cold = build(program, release=False)
    again = []
    for _ in range(touches):
        (HERE / program.source).touch()
        again.append(build(program, release=False))
    forget(program)
    return cold, again


def crates(program: Program, edges: str) -> dict[str, list[str]]:
    """The versions of each crate that a program depends on, without those of this workspace."""
    package = ["-p", program.package, *program.features]
    tree = output("cargo", "tree", "--offline", "--locked", *package, "-e", edges, "--prefix", "none")
    found: dict[str, set[str]] = {}
    for line in tree.splitlines():
        name, version, *_ = line.split()
        if name not in (program.package, "driver", "back-end"):
            found.setdefault(name, set()).add(version.removeprefix("v"))
    return {name: sorted(versions) for name, versions in found.items()}
