"""Measures the cost of further operations, with crates of 1, 10, 34 and all generated operations.

Builds under target/scale. The figures are those of the crate itself, without its dependencies. Growth must be linear: with all
operations, each may cost at most 1.3 times as much as with 34. Writes scale.svg and its part of RESULTS.md.
"""

import argparse
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
from typing import NamedTuple

import cargo
import chart
import report

ROOT = cargo.HERE.parents[1]
FOLDER = ROOT / "target" / "scale"
NAMES = re.findall(r'cognito_op\(target = "(\w+)"', cargo.x("structs"))
ALL = len(NAMES)
COUNTS = [1, 10, 34, ALL]
BOUND = 1.3
ROUNDS = 2
MAIN = """//! Makes a request and reads a response of each operation, without a value of its type at run time.

#![allow(dead_code)]

mod operations;

use cognito_op::http::Response;
use cognito_op::{Config, Operation};
use std::hint::black_box;

fn call<O: Operation>() {
    let config = Config::builder().region("eu-west-1").build().expect("a configuration");
    if let Some(operation) = black_box(None::<O>) {
        let (request, exchange) = config.prepare(&operation).expect("a request");
        black_box(exchange.read(&Response::new(request.into_body())).is_ok());
    }
}

fn main() {
CALLS
}
"""


class Measure(NamedTuple):
    name: str
    unit: str
    digits: int


CHECK = Measure("cargo check", "CPU s", 2)
RELEASE = Measure("cargo build --release", "CPU s", 2)
EXPANSION = Measure("expansion of macros", "ms", 0)
SIZE = Measure("stripped binary", "KiB", 0)
MEASURES = [CHECK, RELEASE, EXPANSION, SIZE]


def chosen(count: int) -> list[str]:
    """Returns the names of some operations, at equal distances in alphabetical order. The first ones would not be representative,
    since operations with AWS credentials have half as many members again as the others."""
    return [NAMES[(2 * number + 1) * ALL // (2 * count)] for number in range(count)]


def write(count: int) -> pathlib.Path:
    names = chosen(count)
    package = FOLDER / f"operations-{count}"
    (package / "src").mkdir(parents=True, exist_ok=True)
    (package / "src" / "operations.rs").write_text(cargo.x("structs", *names))
    calls = "\n".join(f"    call::<operations::{name}>();" for name in names)
    (package / "src" / "main.rs").write_text(MAIN.replace("CALLS", calls))
    (package / "Cargo.toml").write_text(
        f'[package]\nname = "operations-{count}"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n[dependencies]\n'
        f'cognito-op = {{ path = "{ROOT}/runtime", default-features = false }}\n'
        'serde_json = { version = "1", default-features = false, features = ["std"] }\n[profile.release]\nstrip = true\n'
    )
    shutil.copy(ROOT / "Cargo.lock", package / "Cargo.lock")
    return package


def build(package: pathlib.Path, *command: str) -> tuple[float, str]:
    """Runs cargo for the package alone. Returns the CPU seconds and the output."""
    os.utime(package / "src" / "main.rs")
    environment = {**cargo.ENVIRONMENT, "CARGO_TARGET_DIR": str(FOLDER / "target"), "CARGO_INCREMENTAL": "0"}
    if "-Ztime-passes" in command:
        environment["RUSTC_BOOTSTRAP"] = "1"
        environment["CARGO_TARGET_DIR"] += "-passes"
    with (FOLDER / "log").open("w+") as log:
        child = subprocess.Popen(["cargo", *command], cwd=package, env=environment, stdout=log, stderr=log)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        output = log.read()
    if child.returncode != 0:
        sys.exit(f"error: cargo {' '.join(command)} failed\n{output[-3000:]}")
    return usage.ru_utime + usage.ru_stime, output


def expansion(package: pathlib.Path) -> float:
    """The milliseconds in which rustc expands the macros of a crate."""
    _, output = build(package, "rustc", "--quiet", "--profile", "check", "--", "-Ztime-passes", "-Awarnings")
    found = re.search(r"time:\s+([0-9.]+);.*\smacro_expand_crate", output)
    if not found:
        sys.exit("error: the output of rustc does not contain the time of the expansion")
    return 1000 * float(found[1])


def members(count: int) -> int:
    """The number of fields and variants of a crate."""
    return len(re.findall(r"^    (?:pub )?\w+(?::|,|\()", cargo.x("structs", *chosen(count)), re.MULTILINE))


def fit(points: list[tuple[float, float]]) -> tuple[float, float]:
    """The line of best fit: its value at zero, and its slope."""
    x, y = (statistics.fmean(values) for values in zip(*points))
    slope = sum((px - x) * (py - y) for px, py in points) / sum((px - x) ** 2 for px, _ in points)
    return y - slope * x, slope


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rounds", type=int, nargs="?", default=ROUNDS)
    rounds = parser.parse_args().rounds
    packages = {count: write(count) for count in COUNTS}
    costs: dict[Measure, dict[int, list[float]]] = {measure: {count: [] for count in COUNTS} for measure in MEASURES}
    # The packages share a target folder. The first round builds only their dependencies.
    for number in range(rounds + 1):
        for count, package in packages.items() if number > 0 else [(1, packages[1])]:
            print(f"round {number} of {rounds}: {count}", file=sys.stderr, flush=True)
            checked, _ = build(package, "check", "--quiet")
            released, _ = build(package, "build", "--quiet", "--release")
            expanded = expansion(package)
            size = (FOLDER / "target" / "release" / package.name).stat().st_size / 1024
            if number > 0:
                for measure, cost in zip(MEASURES, (checked, released, expanded, size)):
                    costs[measure][count].append(cost)
    table = [["", "unit", *map(str, COUNTS), "each of 34", f"each of {ALL}", "ratio", "largest deviation from a straight line"]]
    # Not a cost, but the size of the source.
    size = Measure("fields and variants", "", 0)
    curves, broken = [], []
    for measure, found in {size: {count: [members(count)] for count in COUNTS}, **costs}.items():
        medians = {count: statistics.median(values) for count, values in found.items()}
        points = [(float(count), median) for count, median in medians.items()]
        base, slope = fit(points)
        off = max(abs(base + slope * count - median) for count, median in points) / max(medians.values())
        few, many = ((medians[count] - medians[1]) / (count - 1) for count in (34, ALL))
        cells = [f"{medians[count]:.{measure.digits}f}" for count in COUNTS]
        each = [f"{value:.{measure.digits + 1}f}" for value in (few, many)]
        table.append([measure.name, measure.unit, *cells, *each, f"{many / few:.2f}", f"{100 * off:.1f} %"])
        if measure is size:
            continue
        curves.append(chart.Curve(measure.name, measure.unit, points, base, slope))
        if many / few > BOUND:
            broken.append(f"{measure.name}: with {ALL} operations, each costs {many / few:.2f} times as much as with 34, at most {BOUND}")
    print(report.aligned(table))
    report.SCALE_CHART.write_text(chart.curves(curves))
    report.embed()
    text = (
        f"The table shows the cost of a program that sends 1, 10, 34 or {ALL} generated operations, without its dependencies. The\n"
        f"columns \"each of\" contain the cost of each operation after the first. With {ALL} operations, this cost may be at most "
        f"{BOUND}\ntimes the cost with 34 operations.\n\n"
        f"- {report.date_and_machine()}\n\n{report.markdown(table)}\n\n{report.image('cost by the number of operations', report.SCALE_CHART)}"
    )
    report.RESULTS.write_text(report.section(report.RESULTS.read_text(), "scale", text))
    if broken:
        sys.exit("error: " + "\n       ".join(broken))


if __name__ == "__main__":
    main()
