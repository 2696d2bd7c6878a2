"""Writes the service table of `macros/model/src/table.txt` to standard output.

usage: service_table.py path/to/service-2.json.gz VERSION

The input is the public description of the user-pools API that ships in the PyPI package botocore. Only facts are
taken over, one on a line, sorted, so that an update reads as a diff; documentation sentences are left out.
"""

import gzip
import json
import pathlib
import sys


def main() -> None:
    with gzip.open(sys.argv[1], "rt", encoding="utf-8") as file:
        service = json.load(file)
    folder = pathlib.Path(sys.argv[1]).parent
    paginators = json.loads((folder / "paginators-1.json").read_text(encoding="utf-8"))["pagination"]
    shapes = service["shapes"]
    lines: list[str] = [f"botocore {sys.argv[2]}"]
    reachable: dict[str, set[str]] = {"input": set(), "output": set()}

    def reach(name: str, end: str) -> None:
        if name in reachable[end]:
            return
        reachable[end].add(name)
        shape = shapes[name]
        for member in shape.get("members", {}).values():
            reach(member["shape"], end)
        for part in ("member", "key", "value"):
            if part in shape:
                reach(shape[part]["shape"], end)

    # The entries stand in the order of their first lines: the macro finds one by bisection.
    for name in sorted(name for name, shape in shapes.items() if shape.get("exception")):
        lines.append(f"exception {name}")

    for name, operation in sorted(service["operations"].items()):
        lines.append(f"operation {name}")
        if operation.get("authtype") == "none":
            lines.append("  unsigned")
        for end in ("input", "output"):
            if end in operation:
                lines.append(f"  {end} {operation[end]['shape']}")
                reach(operation[end]["shape"], end)
        if page := paginators.get(name):
            if page["input_token"] != page["output_token"]:
                sys.exit(f"two tokens of {name}: {page}")
            lines.append(f"  pages {page['input_token']} {page['result_key']} {page['limit_key']}")
        for error in sorted(error["shape"] for error in operation.get("errors", [])):
            lines.append(f"  error {error}")

    for name in sorted(reachable["input"] | reachable["output"]):
        shape = shapes[name]
        kind = shape["type"]
        if kind == "structure" and shape.get("document"):
            kind = "document"
        if kind == "string" and "enum" in shape:
            kind = "enum"
        lines.append(f"shape {name}")
        lines.append(f"  type {kind}")
        for end in ("input", "output"):
            if name in reachable[end]:
                lines.append(f"  {end}")
        if shape.get("sensitive"):
            lines.append("  sensitive")
        # botocore leaves the bounds of a number in `min` and `max` too; the macro reads them by the type.
        for bound in ("min", "max"):
            if bound in shape:
                lines.append(f"  {bound} {shape[bound]}")
        if "pattern" in shape:
            lines.append(f"  pattern {shape['pattern']}")
        for value in shape.get("enum", []):
            lines.append(f"  value {value}")
        for part, word in (("member", "each"), ("key", "key"), ("value", "entry")):
            if part in shape:
                lines.append(f"  {word} {shape[part]['shape']}")
        for member, target in sorted(shape.get("members", {}).items()):
            lines.append(f"  member {member} {target['shape']}")
        for member in sorted(shape.get("required", [])):
            lines.append(f"  required {member}")
        for member, target in sorted(shape.get("members", {}).items()):
            if target.get("deprecated"):
                lines.append(f"  deprecated {member}")

    for line in lines:
        if "\n" in line or line != line.rstrip():
            sys.exit(f"a fact does not fit on a line: {line!r}")
    print("\n".join(lines))


main()
