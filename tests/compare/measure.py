"""Measures the cost of programs with cognito-op and of the same programs with other clients, and checks the bounds.

Builds under target/compare. First, the programs of a task must make the same requests. Cold builds start without compiled crates:
BUILDS of the programs that differ little, one of each other. A crate that several programs share counts the same in each of them.
Everything else is measured in interleaved rounds. A ratio is the median of those of the rounds.

A whole run takes one and a half to three hours, and rewrites RESULTS.md, results.svg, back-end.svg and the figures of the README.
With `--task`, only the programs of some tasks are measured, and the other figures stay as they are: in RESULTS.md, each task has the
date and the machine of its figures. With `--only`, only one part is measured, and no file is written; `--only report` writes the figures
of the last run again. Needs Linux, two idle cores, valgrind, and the headers of OpenSSL for jsonwebtokens-cognito.
"""

import argparse
import datetime
import json
import os
import platform
import shutil
import statistics
import sys
import tomllib

import back_end
import calls
import cargo
import programs
import report
import same_requests
from cargo import Program
from programs import Found, Task

ROUNDS = 15
# The number of cold release builds of the programs that differ little. The others are built once.
BUILDS = 3
TOUCHES = 3
FOUND = cargo.TARGET / "found.json"
# The figures of a run that has not finished.
UNFINISHED = cargo.TARGET / "unfinished.json"
PARTS = ["builds", "debug", "calls", "macros", "report"]


def say(text: str) -> None:
    print(f"{datetime.datetime.now():%H:%M:%S} {text}", file=sys.stderr, flush=True)


def releases(tasks: list[Task], found: Found) -> None:
    costs: dict[Program, list[cargo.Cost]] = {}
    crates: dict[str, list[float]] = {}
    for number in range(BUILDS):
        for task in tasks:
            again = [] if task in (programs.ALL, programs.BACK_END) else task.programs[1::-1]
            for program in task.programs if number == 0 else again:
                say(f"release: {program.name}")
                cost = cargo.cold_release(program)
                costs.setdefault(program, []).append(cost)
                for crate, cpu in cost.crates.items():
                    crates.setdefault(crate, []).append(cpu)
                calls.note(found, program, programs.WALL, cost.wall)
                calls.note(found, program, programs.SIZE, cargo.binary(program).stat().st_size)
    for program, builds in costs.items():
        compilers = sum(statistics.median(crates[crate]) for crate in builds[0].crates)
        others = statistics.median(cost.cpu - sum(cost.crates.values()) for cost in builds)
        calls.note(found, program, programs.CPU, compilers + others)


def debug(program: Program, found: Found) -> None:
    say(f"debug: {program.name}")
    cold, again = cargo.cold_debug(program, TOUCHES)
    calls.note(found, program, programs.DEBUG_CPU, cold.cpu)
    calls.note(found, program, programs.DEBUG_WALL, cold.wall)
    for cost in again:
        calls.note(found, program, programs.AGAIN_CPU, cost.cpu)
        calls.note(found, program, programs.AGAIN_WALL, cost.wall)


def count_crates(tasks: list[Task], found: Found) -> None:
    edges = {programs.LINKED: "normal,no-proc-macro", programs.CRATES: "normal", programs.WITH_BUILD: "normal,build"}
    for program in (program for task in tasks for program in task.programs):
        for measure, kinds in edges.items():
            calls.note(found, program, measure, sum(map(len, cargo.crates(program, kinds).values())))


def count_macros(found: Found) -> None:
    """Counts the bytes that the macros generate for the structs of the operation, without documentation."""
    ours, _, _ = programs.source(programs.OURS).read_text().partition("pub fn operation")
    ours = "#![allow(dead_code)]\n" + "".join(f"{line}\n" for line in ours.splitlines() if not line.startswith(("//!", "use driver")))
    _, _, structs = programs.source(programs.BY_HAND).read_text().partition("#[derive(Serialize)]")
    structs, _, _ = structs.partition("#[derive(Debug)]")
    kept = "\n".join(line for line in structs.splitlines() if not line.startswith("#[expect"))
    uses = "#![allow(dead_code)]\nuse serde::{Deserialize, Serialize};\nuse std::collections::BTreeMap;\n"
    by_hand = f"{uses}#[derive(Serialize)]{kept}\n"
    for program, source in ((programs.OURS, ours), (programs.BY_HAND, by_hand)):
        file = cargo.TARGET / f"{program.package}.rs"
        file.write_text(source)
        calls.note(found, program, programs.MACROS, int(cargo.x("macro-stats", str(file))))


def facts(task: Task, rounds: int) -> list[str]:
    """The date, the machine, the compiler and the method of the figures of a task."""
    profile = tomllib.loads((cargo.HERE / "Cargo.toml").read_text())["profile"]["release"]
    settings = ", ".join(f"{name} = {str(value).lower()}" for name, value in profile.items())
    about = [
        report.date_and_machine(),
        f"rustc {cargo.output('rustc', '--version').split()[1]}, release profile with {settings}",
        "the CPU time of a release build is the sum of those of its crates; a crate that is the same in several programs counts the "
        "same in each of them: the median of its builds",
    ]
    if task in (programs.RESEND, programs.CHAIN, programs.BACK_END):
        is_apart = len(os.sched_getaffinity(0)) > 1
        where = "with the client on one core and the server on another" if is_apart else "with the client and the server on the same core"
        about.append(f"calls run in {rounds} interleaved rounds, {where}")
    return about + (back_end.FACTS if task is programs.BACK_END else [])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--task", action="append", choices=[task.key for task in programs.TASKS], help="may be repeated")
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    tasks = [task for task in programs.TASKS if options.task is None or task.key in options.task]
    if options.only == "report":
        last = json.loads(FOUND.read_text()) if FOUND.exists() else {"facts": {}}
        tasks = [task for task in tasks if task.key in last["facts"]]
        if not tasks:
            sys.exit("error: no figures of these tasks were measured; run measure.py without --only")
        finish(tasks, last["facts"], last["found"], write=True)
        return
    if platform.system() != "Linux":
        sys.exit("error: the CPU time of a process is read from Linux")
    measure(tasks, options.only, options.rounds)


def measure(tasks: list[Task], only: str | None, rounds: int) -> None:
    """Measures the programs of some tasks."""
    whole = only is None

    def wanted(part: str) -> bool:
        return whole or only == part

    if wanted("calls") and shutil.which("valgrind") is None:
        sys.exit("error: valgrind is missing, which counts instructions and allocations")
    cargo.fetch()
    every = [program for task in tasks for program in task.programs]
    found: Found = {program.name: {} for program in every}
    about = {task.key: facts(task, rounds) for task in tasks}

    def keep() -> None:
        # The figures are not lost if a later part fails.
        if whole:
            UNFINISHED.write_text(json.dumps({"facts": about, "found": found}))

    if wanted("builds"):
        releases(tasks, found)
        keep()
    for program in [programs.SERVER, programs.LOAD, *every]:
        if cargo.is_stale(program):
            say(f"release, not measured: {program.name}")
            cargo.cold_release(program)
    count_crates(tasks, found)
    try:
        for task in tasks:
            (back_end if task is programs.BACK_END else same_requests).compare(task)
    except same_requests.Different as difference:
        sys.exit(f"error: {difference}")
    if programs.RESEND in tasks:
        if wanted("calls"):
            say("calls")
            calls.measure(programs.RESEND.programs, rounds, found)
            keep()
        if wanted("macros"):
            count_macros(found)
    if programs.CHAIN in tasks and wanted("calls"):
        say("starts")
        calls.measure_starts(programs.CHAIN, rounds, found)
        keep()
    if programs.BACK_END in tasks:
        for program in programs.BACK_END.programs:
            calls.note(found, program, programs.LINES, back_end.lines(program))
        if wanted("calls"):
            say("back ends")
            back_end.measure(programs.BACK_END.programs, rounds, found)
            keep()
    if wanted("debug"):
        for program in every:
            debug(program, found)
            keep()
    keep()
    if whole:
        UNFINISHED.replace(FOUND)
    finish(tasks, about, found, write=whole)


def finish(tasks: list[Task], about: dict[str, list[str]], found: Found, write: bool) -> None:
    """Prints the figures of some tasks, writes them if wanted, and ends with an error if a bound does not hold."""
    for fact in about[tasks[0].key]:
        print(fact)
    broken = [text for task in tasks for text in report.show(task, found)]
    if write:
        report.write(tasks, about, found)
    if broken:
        sys.exit("error: " + "\n       ".join(broken))


if __name__ == "__main__":
    main()
