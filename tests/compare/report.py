"""Prints the figures, and writes them to RESULTS.md and the README."""

import base64
import datetime
import os
import pathlib
import platform
import re
import statistics
from typing import NamedTuple

import cargo
import chart
import programs
from programs import Bound, Found, Task

ROOT = cargo.HERE.parents[1]
RESULTS = cargo.HERE / "RESULTS.md"
CHART = cargo.HERE / "results.svg"
SCALE_CHART = cargo.HERE / "scale.svg"
BACK_END_CHART = cargo.HERE / "back-end.svg"
README = ROOT / "README.md"
# rustdoc copies no images. For the pages of the documentation, this file defines the link names of the charts as data URLs.
EMBEDDED = ROOT / "runtime" / "guide" / "charts.md"
# The columns and the rows of the table in the README, with their titles.
COLUMNS = [
    (programs.OURS.name, "cognito-op"),
    (programs.BY_HAND.name, "by hand"),
    (programs.SDK_MINIMAL.name, "AWS SDK, minimal"),
    (programs.SDK_USUAL.name, "AWS SDK"),
]
ROWS = [
    (programs.CPU, "cold release build, CPU seconds"),
    (programs.CRATES, "crates"),
    (programs.SIZE, "stripped binary, KiB"),
    (programs.CALL, "CPU time of a call without network, µs"),
    (programs.MANY_MEMORY, "peak memory, 64 calls at a time, KiB"),
]
# Other measures without which no report is written.
OTHERS = [
    (programs.ALLOCATIONS, "allocations of a call"),
    (programs.ONE, "calls per second over loopback, 1 at a time"),
    (programs.MANY, "the same, 64 at a time"),
    (programs.START, "start of a process to its first response, ms"),
]
# The measures of the chart in the README, with their titles.
CHARTED = [
    (programs.CPU, "CPU seconds of a cold release build"),
    (programs.SIZE, "KiB of the stripped binary"),
    (programs.CALL, "CPU time of a call without network, µs"),
    (programs.ONE, "calls per second over loopback, 1 at a time (more is better)"),
    (programs.MANY, "calls per second over loopback, 64 at a time (more is better)"),
]
# The same for the back ends.
BACK_END_COLUMNS = [
    (programs.BACK_END_OURS.name, "cognito-userpools"),
    (programs.BACK_END_BY_HAND.name, "by hand"),
    (programs.BACK_END_SDK.name, "AWS SDK, minimal"),
]
BACK_END_CHARTED = [
    (programs.CPU, "CPU seconds of a cold release build"),
    (programs.CRATES, "crates"),
    (programs.SIZE, "KiB of the stripped binary"),
    (programs.LINES, "lines of code"),
    (programs.VERIFIED[0], "CPU time of a verified request, µs"),
    (programs.VERIFIED_ONCE[0], "CPU time of a verified request with a new token, µs"),
    (programs.SIGN_IN[0], "CPU time of a sign-in with SRP, µs"),
    (programs.PEAK, "peak memory, KiB"),
]


class Ratio(NamedTuple):
    """The ratio that a bound limits: its median, and its range over the rounds."""

    program: str
    bound: Bound
    median: float
    low: float
    high: float
    # The same ratio of the program by hand, which shows what can be reached.
    by_hand: float | None

    def within(self, value: float) -> bool:
        return value >= self.bound.limit if self.bound.at_least else value <= self.bound.limit

    @property
    def holds(self) -> bool:
        return self.within(self.median)

    @property
    def verdict(self) -> str:
        if self.holds:
            return ""
        floor = f" (by hand: {self.by_hand:.3f})" if self.by_hand is not None and not self.within(self.by_hand) else ""
        return f", **missed**{floor}"

    @property
    def text(self) -> str:
        limit = f"{'at least' if self.bound.at_least else 'at most'} {self.bound.limit:.2f}"
        return f"{self.bound.measure}: {self.program} {self.median:.3f} of {self.bound.other}, {limit}"


def ratios(task: Task, found: Found) -> list[Ratio]:
    """The ratios that the bounds of a task limit."""
    result = []
    for bound in task.bounds:
        program = bound.program or task.programs[0].name
        ours = found[program].get(bound.measure, [])
        other = found[bound.other].get(bound.measure, [])
        if of_rounds := [here / there for here, there in zip(ours, other)]:
            by_hand = found.get(programs.BY_HAND.name, {}) if programs.BY_HAND in task.programs else {}
            floor = [here / there for here, there in zip(by_hand.get(bound.measure, []), other)]
            is_floor = bound.program is None and bound.other != programs.BY_HAND.name
            least = statistics.median(floor) if floor and is_floor else None
            result.append(Ratio(program, bound, statistics.median(of_rounds), min(of_rounds), max(of_rounds), least))
    return result


def shown(measure: programs.Measure, values: list[float] | None) -> str:
    return f"{statistics.median(values) / measure.scale:,.{measure.digits}f}" if values else ""


def rows(task: Task, found: Found) -> list[list[str]]:
    table = [["", *(program.name for program in task.programs)]]
    for measure in programs.MEASURES.values():
        cells = [shown(measure, found[program.name].get(measure.name)) for program in task.programs]
        if any(cells):
            table.append([measure.name, *cells])
    return table


def aligned(table: list[list[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*table)]
    lines = []
    for first, *rest in table:
        cells = [cell.rjust(width) for cell, width in zip(rest, widths[1:])]
        lines.append("  ".join([first.ljust(widths[0]), *cells]).rstrip())
    return "\n".join(lines)


def markdown(table: list[list[str]]) -> str:
    heading, *body = table
    lines = [heading, ["---", *("---:" for _ in heading[1:])], *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def versions(task: Task) -> list[str]:
    lines = []
    for program in task.programs:
        of = cargo.crates(program, "normal")
        text = f"{program.name}: {program.client} {', '.join(of[program.client])}"
        if program.unknown:
            text += f", without {' and '.join(sorted(program.unknown))}"
        if program.lacks:
            text += f", without {' and '.join('.'.join(path) for path in sorted(program.lacks))}"
        lines.append(text)
    return lines


def show(task: Task, found: Found) -> list[str]:
    """Prints the figures of a task, and returns the bounds that do not hold."""
    print(f"\n{task.name}")
    print(aligned(rows(task, found)))
    compared = ratios(task, found)
    for each in compared:
        word = "holds " if each.holds else "BROKEN"
        print(f"{word} {each.text} ({each.low:.3f} to {each.high:.3f}){each.verdict}")
    return [each.text for each in compared if not each.holds]


def section(text: str, name: str, content: str) -> str:
    """Replaces the text between the two comments of a section."""
    opening, closing = f"<!-- {name} -->", f"<!-- /{name} -->"
    pattern = re.escape(opening) + ".*?" + re.escape(closing)
    if not re.search(pattern, text, re.DOTALL):
        raise SystemExit(f"error: the comments of {name} are missing")
    return re.sub(pattern, lambda _: f"{opening}\n{content}\n{closing}", text, flags=re.DOTALL)


def date_and_machine() -> str:
    """The date and the machine of a measurement."""
    cpuinfo = pathlib.Path("/proc/cpuinfo").read_text() if platform.system() == "Linux" else ""
    models = [line.partition(":")[2].strip() for line in cpuinfo.splitlines() if line.startswith("model name")]
    processor = models[0] if models else platform.processor() or platform.machine()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{datetime.date.today():%d %B %Y}: {processor}, {cores} cores, {platform.system()}"


def details(task: Task, facts: list[str], found: Found) -> str:
    """The part of RESULTS.md about a task."""
    table = [["ratio of", "median", "range over the rounds", "bound"]]
    for each in ratios(task, found):
        limit = f"{'≥' if each.bound.at_least else '≤'} {each.bound.limit:.2f}{each.verdict}"
        what = f"{each.bound.measure}: {each.program} / {each.bound.other}"
        table.append([what, f"{each.median:.3f}", f"{each.low:.3f} to {each.high:.3f}", limit])
    parts = [
        f"# {task.name[0].upper()}{task.name[1:]}",
        "\n".join(f"- {fact}" for fact in facts),
        markdown(rows(task, found)),
        "\n".join(f"- {line}" for line in versions(task)),
        markdown(table),
    ]
    return "\n\n".join(parts)


def summary(found: Found) -> str:
    table = [["", *(title for _, title in COLUMNS)]]
    for measure, title in ROWS:
        table.append([title, *(shown(measure, found[name].get(measure.name)) for name, _ in COLUMNS)])
    return markdown(table)


def image(text: str, file: pathlib.Path, folder: pathlib.Path = cargo.HERE) -> str:
    """A chart, and the definition of its link. In a page that defines the same link before, the first definition counts."""
    return f"![{text}][{file.name}]\n\n[{file.name}]: {file.relative_to(folder)}"


def embed() -> None:
    """Writes the charts into the documentation, as data URLs."""
    lines = []
    for file in (CHART, SCALE_CHART, BACK_END_CHART):
        text = base64.b64encode(file.read_bytes()).decode()
        lines.append(f"[{file.name}]: data:image/svg+xml;base64,{text}\n")
    EMBEDDED.write_text("".join(lines))


def write(tasks: list[Task], facts: dict[str, list[str]], found: Found) -> None:
    """Writes the figures of some tasks. The others stay as they are."""
    results = RESULTS.read_text()
    for task in tasks:
        results = section(results, task.key, details(task, facts[task.key], found))
    written = {RESULTS: results}
    readme = README.read_text()
    if programs.RESEND in tasks:
        missing = [title for measure, title in ROWS + OTHERS for name, _ in COLUMNS if not found[name].get(measure.name)]
        if missing:
            raise SystemExit(f"error: nothing is written, since these were not measured: {', '.join(dict.fromkeys(missing))}")
        text = "the figures compared with those of the AWS SDK with minimal features"
        written[CHART] = bars(found, CHARTED, COLUMNS[:3])
        readme = section(readme, "figures", f"{summary(found)}\n\n{image(text, CHART, ROOT)}")
    if programs.BACK_END in tasks:
        text = "the figures of the back ends compared with those of the AWS SDK"
        written[BACK_END_CHART] = bars(found, BACK_END_CHARTED, BACK_END_COLUMNS)
        readme = section(readme, "back-end", image(text, BACK_END_CHART, ROOT))
    for path, content in {**written, README: readme}.items():
        path.write_text(content)
    embed()


def bars(found: Found, charted: list[tuple[programs.Measure, str]], columns: list[tuple[str, str]]) -> str:
    """Draws some figures relative to those of the last program, which uses the AWS SDK."""
    groups = []
    last, label_of_last = columns[-1]
    for measure, title in charted:
        one = statistics.median(found[last][measure.name])
        values = [(label, found[name][measure.name]) for name, label in columns]
        group = [chart.Bar(label, statistics.median(each) / one, shown(measure, each)) for label, each in values]
        groups.append(chart.Group(title, group))
    return chart.bars(groups, f"{label_of_last} = 1; the figures in parentheses")
