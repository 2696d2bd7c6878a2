"""Runs the programs, and measures the CPU time of a call, the calls per second and the time to the first response."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator

import cargo
import programs
from cargo import Program
from same_requests import ARGUMENTS
from programs import (
    ALLOCATIONS, CALL, INSTRUCTIONS, MANY, MANY_HIGH, MANY_MEDIAN, MANY_MEMORY, ONE, ONE_HIGH, ONE_MEDIAN, ONE_MEMORY,
    START, START_CPU, Found,
)

# The endpoint of the programs that do not connect to it.
NOWHERE = "http://127.0.0.1:9"
USER = ARGUMENTS[:3]
# The seconds of one measurement.
TURN = 0.4
# The number of calls under valgrind. It counts, so more calls would not change the figures.
WATCHED = 1000
LOADS = [(1, (ONE, ONE_MEDIAN, ONE_HIGH)), (64, (MANY, MANY_MEDIAN, MANY_HIGH))]
# The calls before the peak memory is read, and how many run at a time. Slow programs make as many as fast ones.
MEMORY = [(1000, 1, ONE_MEMORY), (6400, 64, MANY_MEMORY)]


def note(found: Found, program: Program, measure: programs.Measure, value: float) -> None:
    found.setdefault(program.name, {}).setdefault(measure.name, []).append(value)


@contextlib.contextmanager
def pinned() -> Iterator[set[int]]:
    """Restricts this process and those that it starts to the first core. Yields the other cores, for the server."""
    cores = os.sched_getaffinity(0)
    first = min(cores)
    rest = cores - {first} or cores
    os.sched_setaffinity(0, {first})
    try:
        yield rest
    finally:
        os.sched_setaffinity(0, cores)


@contextlib.contextmanager
def server(cores: set[int]) -> Iterator[str]:
    process = subprocess.Popen(
        [cargo.binary(programs.SERVER)],
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: os.sched_setaffinity(0, cores),
    )
    try:
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait()


def run(program: Program, endpoint: str, *mode: object, environment: dict[str, str] | None = None) -> tuple[float, float]:
    """Runs a process, and returns its CPU seconds and its seconds."""
    path = str(cargo.binary(program))
    arguments = [path, endpoint, *USER, *map(str, mode)]
    silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    begun = time.perf_counter()
    child = os.posix_spawn(path, arguments, environment or {}, file_actions=silent)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - begun
    if status != 0:
        sys.exit(f"error: {' '.join(arguments)} failed")
    return usage.ru_utime + usage.ru_stime, wall


def load(program: Program, endpoint: str, calls: int, at_a_time: int) -> list[float]:
    """Returns the calls per second, the median and the 99th percentile of their microseconds, and the peak memory in KiB."""
    arguments = [cargo.binary(program), endpoint, *USER, "load", str(calls), str(at_a_time)]
    done = subprocess.run(arguments, env={}, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"error: {' '.join(map(str, arguments))} failed")
    return [float(word) for word in done.stdout.split()]


def turns(all_programs: list[Program], number: int) -> list[Program]:
    """Returns the order of a round. The first two programs differ little, so they run more often."""
    close = all_programs[:2] if number % 2 == 0 else all_programs[1::-1]
    rest = all_programs[2:] if number % 2 == 0 else all_programs[:1:-1]
    return [*close, *close, *rest, *close]


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def cpu(all_programs: list[Program], rounds: int, found: Found) -> None:
    counts = {}
    for program in all_programs:
        count = 1000
        while (spent := run(program, NOWHERE, "cpu", count)[0]) < TURN / 4:
            count *= 2
        counts[program] = int(count * TURN / spent)
    for number in range(rounds):
        costs: dict[Program, list[float]] = {}
        for program in turns(all_programs, number):
            idle, _ = run(program, NOWHERE, "cpu", 0)
            busy, _ = run(program, NOWHERE, "cpu", counts[program])
            costs.setdefault(program, []).append((busy - idle) / counts[program])
        for program, values in costs.items():
            note(found, program, CALL, mean(values))


def watched(program: Program, tool: list[str], pattern: str) -> float:
    """Returns what valgrind counts per call."""

    def count(calls: int) -> int:
        command = ["valgrind", *tool, cargo.binary(program), NOWHERE, *USER, "cpu", str(calls)]
        done = subprocess.run(command, env={"PATH": os.environ["PATH"]}, stderr=subprocess.PIPE, text=True)
        match = re.search(pattern, done.stderr)
        if done.returncode != 0 or match is None:
            sys.exit(f"error: {' '.join(map(str, command))} failed\n{done.stderr[-3000:]}")
        return int(match[1].replace(",", ""))

    return (count(WATCHED) - count(0)) / WATCHED


def counts(all_programs: list[Program], found: Found) -> None:
    if shutil.which("valgrind") is None:
        print("no valgrind: instructions and allocations are not counted", file=sys.stderr)
        return
    for program in all_programs:
        refs = watched(program, ["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"], r"I +refs: +([\d,]+)")
        note(found, program, INSTRUCTIONS, refs)
        note(found, program, ALLOCATIONS, watched(program, ["--leak-check=no"], r"total heap usage: ([\d,]+) allocs"))


def loads(all_programs: list[Program], endpoint: str, rounds: int, found: Found) -> None:
    for at_a_time, measures in LOADS:
        calls = {program: int(load(program, endpoint, 10 * at_a_time + 500, at_a_time)[0] * TURN) for program in all_programs}
        for number in range(rounds):
            seen: dict[Program, list[list[float]]] = {}
            for program in turns(all_programs, number):
                seen.setdefault(program, []).append(load(program, endpoint, max(calls[program], at_a_time), at_a_time))
            for program, values in seen.items():
                for measure, column in zip(measures, zip(*values)):
                    note(found, program, measure, mean(list(column)))


def memory(all_programs: list[Program], endpoint: str, rounds: int, found: Found) -> None:
    for _ in range(rounds):
        for program in all_programs:
            for calls, at_a_time, measure in MEMORY:
                note(found, program, measure, load(program, endpoint, calls, at_a_time)[3])


def starts(all_programs: list[Program], endpoint: str, rounds: int, found: Found, environment: dict[str, str] | None = None) -> None:
    for number in range(rounds):
        for program in all_programs if number % 2 == 0 else reversed(all_programs):
            spent, wall = run(program, endpoint, "once", environment=environment)
            note(found, program, START, wall)
            note(found, program, START_CPU, spent)


def measure(all_programs: list[Program], rounds: int, found: Found) -> None:
    with pinned() as rest:
        cpu(all_programs, rounds, found)
        with server(rest) as endpoint:
            loads(all_programs, endpoint, rounds, found)
            memory(all_programs, endpoint, min(rounds, 5), found)
            starts(all_programs, endpoint, 3 * rounds, found)
    counts(all_programs, found)


def measure_starts(task: programs.Task, rounds: int, found: Found) -> None:
    """Measures only the time to the first response."""
    with pinned() as rest, server(rest) as endpoint:
        starts(task.programs, endpoint, 3 * rounds, found, task.environment)
