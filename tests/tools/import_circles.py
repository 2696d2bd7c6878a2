"""Finds files of a crate that import each other, directly or through further files, and fails if there are any.

usage: import_circles.py [--allow FOLDER:COUNT]... FOLDER...   (a folder is the `src` of a crate)

An import is a path that starts with `crate`, `super` or `self` and leads to another file, in a `use` or in the code. Tests, comments,
re-exports (`pub use`) and `lib.rs`, which chains the others, are not counted. `--allow` permits that many circles in a folder.
"""

import argparse
import pathlib
import re
import sys

Module = tuple[str, ...]

# What holds no paths: comments, texts and characters. A lifetime is not a character.
SILENT = re.compile(
    r"""//[^\n]* | /\*.*?\*/ | b?r(\#*)".*?"\1 | b?"(?:\\.|[^"\\])*" | b?'(?:\\[^\n]+?|[^'\\\n])'""", re.DOTALL | re.VERBOSE
)
TEST = re.compile(r"#\[cfg\((?:all\()?test\b[^\]]*\]\s*(?:#\[[^\]]*\]\s*)*")
REEXPORT = re.compile(r"\bpub(?:\([^)]*\))?\s+use\b[^;]*;")
USE = re.compile(r"\buse\s+((?:crate|super|self)\b[^;]*);")
PATH = re.compile(r"\b(?:crate|super|self)(?:\s*::\s*\w+)+")


def without_tests(text: str) -> str:
    """The text without the items that are compiled only for tests."""
    while found := TEST.search(text):
        depth, end = 0, found.end()
        while end < len(text):
            character = text[end]
            depth += (character in "{([") - (character in "})]")
            end += 1
            if depth == 0 and character in ";}":
                break
        text = text[: found.start()] + text[end:]
    return text


def paths(tree: str) -> list[str]:
    """The paths of a use tree, `a::{b, c::d}` being two."""
    prefix, brace, rest = tree.partition("{")
    if not brace:
        return [tree.split(" as ")[0]]
    parts, depth = [""], 0
    for character in rest[: rest.rindex("}")]:
        depth += (character == "{") - (character == "}")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [prefix.strip() + path for part in parts if part.strip() for path in paths(part.strip())]


def module(path: pathlib.Path) -> Module:
    """The module that a file is, given its path within `src`."""
    names = path.with_suffix("").parts
    return names[:-1] if names[-1] in ("mod", "lib", "main") else names


def resolve(path: str, importer: Module, modules: set[Module]) -> Module | None:
    """The file's module that a path leads to."""
    names = [name.strip() for name in path.split("::")]
    base: Module = () if names[0] == "crate" else importer
    while names and names[0] in ("crate", "super", "self"):
        if names.pop(0) == "super":
            base = base[:-1]
    full = (*base, *names)
    prefixes = (full[:length] for length in range(len(full), 0, -1))
    return next((prefix for prefix in prefixes if prefix in modules), None)


def imports(folder: pathlib.Path) -> dict[Module, set[Module]]:
    """The modules that each file of a crate imports."""
    files = {}
    for path in sorted(folder.rglob("*.rs")):
        within = path.relative_to(folder)
        if "tests" not in within.with_suffix("").parts:
            files[module(within)] = path
    files.pop((), None)
    graph = {}
    for importer, path in files.items():
        text = REEXPORT.sub("", without_tests(SILENT.sub("\"\"", path.read_text())))
        found = [path for tree in USE.findall(text) for path in paths(re.sub(r"\s+", " ", tree))]
        found += PATH.findall(USE.sub("", text))
        graph[importer] = {resolve(path, importer, set(files)) for path in found} - {importer, None}
    return graph


def circles(graph: dict[Module, set[Module]]) -> list[list[Module]]:
    """The groups of modules each of which imports every other, directly or not."""
    reached = {}
    for start in graph:
        seen: set[Module] = set()
        open_ends = [start]
        while open_ends:
            new = graph[open_ends.pop()] - seen
            seen |= new
            open_ends += new
        reached[start] = seen
    groups = {frozenset(other for other in reached[start] if start in reached[other]) for start in graph}
    return sorted(sorted(group) for group in groups if group)


def main() -> None:
    """Reads the arguments and prints the circles."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--allow", action="append", default=[], metavar="FOLDER:COUNT")
    arguments = parser.parse_args()
    allowed = {folder.rstrip("/"): int(count) for folder, count in (entry.rsplit(":", 1) for entry in arguments.allow)}
    folders = [folder.rstrip("/") for folder in arguments.folders]
    if unknown := allowed.keys() - set(folders):
        sys.exit(f"error: --allow names folders that are not checked: {', '.join(sorted(unknown))}")
    failed = False
    for folder in folders:
        graph = imports(pathlib.Path(folder))
        if not graph:
            sys.exit(f"error: there are no Rust files in {folder}")
        found = circles(graph)
        limit = allowed.get(folder, 0)
        for circle in found:
            print(f"{folder}: a circle of {', '.join('::'.join(name) for name in circle)}")
            for importer in circle:
                targets = ", ".join("::".join(target) for target in sorted(graph[importer]) if target in circle)
                print(f"    {'::'.join(importer)} imports {targets}")
        print(f"{folder}: {len(graph)} files, {len(found)} circles, at most {limit}")
        failed |= len(found) > limit
    if failed:
        sys.exit("error: files import each other; move what both need into a file of its own")


main()
