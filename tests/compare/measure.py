"""What a program with cognito-op costs, beside the same program with another client, in one run, held against bounds.

usage: measure.py [rounds]   (from anywhere; builds under target/compare, each round for minutes)

Before anything else is measured, the programs have to make the same requests. Each round builds each program from nothing but
the sources of its crates; the order turns around with each round. A ratio is the median of those within a round.
"""

import os
import pathlib
import platform
import statistics
import sys
import tomllib
from typing import NamedTuple

import cargo
import same_requests


class Program(NamedTuple):
    # The package in this workspace.
    package: str
    # The crate that it is about.
    client: str
    # The operations that the client does not know.
    unknown: frozenset[str] = frozenset()


class Task(NamedTuple):
    name: str
    operations: int
    # Of a measure, what the first program's ratio to each other has to stay below.
    bounds: dict[str, float]
    programs: list[Program]


CPU, WALL, SIZE = "cold build, CPU seconds", "cold build, seconds", "stripped binary, KiB"
LINKED, CRATES, WITH_BUILD = "crates linked in", "crates, with macros", "crates, also with build scripts'"
TASKS = [
    Task(
        "the 34 operations without AWS credentials, hyper, rustls and ring, tokio on one thread",
        operations=34,
        bounds={CPU: 0.45, SIZE: 0.55},
        programs=[
            Program("all-cognito-op", "cognito-op"),
            Program(
                "all-aws-sdk",
                "aws-sdk-cognitoidentityprovider",
                unknown=frozenset({"ListUserSessions", "RevokeUserSession"}),
            ),
        ],
    ),
]
ROUNDS = 2

# Of each measure, what was found in each round.
Costs = dict[str, list[float]]


def build(program: Program, costs: Costs) -> None:
    cpu, wall = cargo.cold_build(program.package)
    found = {CPU: cpu, WALL: wall, SIZE: cargo.program(program.package).stat().st_size / 1024}
    for measure, cost in found.items():
        costs.setdefault(measure, []).append(cost)


def count_crates(program: Program, costs: Costs) -> None:
    for measure, edges in ((LINKED, "normal,no-proc-macro"), (CRATES, "normal"), (WITH_BUILD, "normal,build")):
        costs[measure] = [sum(map(len, cargo.crates(program.package, edges).values()))]


def measure(task: Task, rounds: int) -> dict[str, Costs]:
    costs: dict[str, Costs] = {program.package: {} for program in task.programs}
    for number in range(rounds):
        for program in task.programs if number % 2 == 0 else reversed(task.programs):
            print(f"round {number + 1} of {rounds}: {program.package}", file=sys.stderr)
            build(program, costs[program.package])
        if number == 0:
            programs = {cargo.program(program.package): program.unknown for program in task.programs}
            same_requests.hold_together(programs, task.operations)
    for program in task.programs:
        count_crates(program, costs[program.package])
    return costs


def describe(rounds: int) -> None:
    """The machine, the compiler and the profile."""
    facts = pathlib.Path("/proc/cpuinfo")
    models = [line.partition(":")[2].strip() for line in facts.read_text().splitlines() if line.startswith("model name")]
    processor = models[0] if models else platform.processor() or platform.machine()
    profile = tomllib.loads((cargo.HERE / "Cargo.toml").read_text())["profile"]["release"]
    settings = ", ".join(f"{name} = {str(value).lower()}" for name, value in profile.items())
    print(f"machine  {processor}, {len(os.sched_getaffinity(0))} cores")
    print(f"rustc    {cargo.output('rustc', '--version').split()[1]}")
    print(f"builds   release with {settings}; from nothing, offline; medians of {rounds} interleaved")


def show(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.1f}"


def report(task: Task, costs: dict[str, Costs]) -> list[str]:
    """Prints what was found, and gives each bound that does not hold."""
    ours, *others = task.programs
    print(f"\n{task.name}")
    for program in task.programs:
        version = ", ".join(cargo.crates(program.package, "normal")[program.client])
        unknown = f", which does not know {' and '.join(sorted(program.unknown))}" if program.unknown else ""
        print(f"{program.package}: {program.client} {version}{unknown}")
    heading = f"{'':34}{ours.package:>16}"
    print(heading + "".join(f"{other.package:>16}{'ratio':>7}" for other in others) + f"{'below':>9}")
    broken, spread = [], []
    for name, found in costs[ours.package].items():
        bound = task.bounds.get(name)
        line = f"{name:34}{show(statistics.median(found)):>16}"
        for other in others:
            beside = costs[other.package][name]
            ratios = [here / there for here, there in zip(found, beside)]
            ratio = statistics.median(ratios)
            line += f"{show(statistics.median(beside)):>16}{ratio:7.2f}"
            if min(ratios) < max(ratios):
                spread.append(f"{name}, {other.package}: {min(ratios):.3f} to {max(ratios):.3f}")
            if bound is not None and ratio >= bound:
                broken.append(f"{name}: {ours.package} costs {ratio:.3f} of {other.package}, not less than {bound}")
        print(line + (f"{bound:9.2f}" if bound is not None else ""))
    # How much a busy machine disturbed it.
    for line in spread:
        print(f"ratios of the rounds: {line}")
    return broken


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    cargo.fetch()
    broken = []
    describe(rounds)
    for task in TASKS:
        try:
            costs = measure(task, rounds)
        except same_requests.Different as difference:
            sys.exit(f"error: {difference}")
        broken += report(task, costs)
    if broken:
        sys.exit("error: " + "\n       ".join(broken))


if __name__ == "__main__":
    main()
