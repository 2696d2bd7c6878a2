"""Builds and looks at the packages of this workspace."""

import os
import pathlib
import shutil
import subprocess
import sys
import time
from typing import NamedTuple

HERE = pathlib.Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "target" / "compare"
# Only the workspace says how its programs are built.
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
    # The crate that it is about.
    client: str
    # The file in which an operation is written.
    source: str
    features: tuple[str, ...] = ()
    # The operations that the client does not know.
    unknown: frozenset[str] = frozenset()
    # The members that it does not know, each by its path.
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
    """Brings every crate here, so that no build waits for the network."""
    output("cargo", "fetch", "--quiet", "--locked")


def folder(program: Program) -> pathlib.Path:
    return TARGET / program.name.replace(", ", "-").replace(" ", "-").lower()


def binary(program: Program) -> pathlib.Path:
    """Where the program is kept once it was built."""
    return TARGET / "programs" / folder(program).name


def build(program: Program, release: bool) -> Cost:
    """Builds what is not built of a program."""
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
        # Of cargo and all that it waited for: compilers, build scripts and linkers.
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"error: the build of {program.package} failed\n{log.read_text()[-3000:]}")
    crates = {file.name: compiler_cpu(file.read_text()) for file in times.iterdir()}
    return Cost(usage.ru_utime + usage.ru_stime, wall, crates)


def compiler_cpu(times: str) -> float:
    """The CPU seconds of the processes that a shell started, given the output of its command `times`."""
    user, system = (word.rstrip("s").split("m") for word in times.splitlines()[1].split())
    return 60 * (int(user[0]) + int(system[0])) + float(user[1]) + float(system[1])


def is_stale(program: Program) -> bool:
    """Whether the program is not kept, or was built before what it is made of in this repository was changed."""
    kept = binary(program)
    if not kept.exists():
        return True
    made_of = [HERE / program.package, HERE / "driver", HERE / "back-end", HERE / "Cargo.lock"]
    if program.client == "cognito-op":
        made_of += [HERE.parents[1] / crate / "src" for crate in ("macros", "runtime", "userpools")]
    files = [file for path in made_of for file in (path.rglob("*") if path.is_dir() else [path]) if file.is_file()]
    return any(file.stat().st_mtime > kept.stat().st_mtime for file in files)


def forget(program: Program) -> None:
    """Removes everything that was built of a program; it may be large."""
    shutil.rmtree(folder(program), ignore_errors=True)


def cold_release(program: Program) -> Cost:
    """A release build of a package and all that it depends on; the program is kept, the rest is not."""
    forget(program)
    cost = build(program, release=True)
    binary(program).parent.mkdir(exist_ok=True)
    shutil.copy(folder(program) / "release" / program.package, binary(program))
    forget(program)
    return cost


def cold_debug(program: Program, touches: int) -> tuple[Cost, list[Cost]]:
    """A debug build of a package and all that it depends on, and further ones after its operation's source was touched."""
    forget(program)
    cold = build(program, release=False)
    again = []
    for _ in range(touches):
        (HERE / program.source).touch()
        again.append(build(program, release=False))
    forget(program)
    return cold, again


def crates(program: Program, edges: str) -> dict[str, list[str]]:
    """The versions of each crate that a program depends on, but for what is its own."""
    package = ["-p", program.package, *program.features]
    tree = output("cargo", "tree", "--offline", "--locked", *package, "-e", edges, "--prefix", "none")
    found: dict[str, set[str]] = {}
    for line in tree.splitlines():
        name, version, *_ = line.split()
        if name not in (program.package, "driver", "back-end"):
            found.setdefault(name, set()).add(version.removeprefix("v"))
    return {name: sorted(versions) for name, versions in found.items()}
