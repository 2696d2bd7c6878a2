"""Writes the cases of botocore's retry tests to standard output, as JSON.

usage: retry_cases.py path/to/botocore-sources

The tests are not run. Only the assignments of a module and the parameters of the tests are evaluated. A case is a test
function, or one row of a parametrized one. It contains the calls, comparisons and error codes of the function, with the
literals, in the order of the source.
"""

import ast
import json
import pathlib
import sys


class Unknown:
    """A placeholder for an imported object. Only the name is known."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, *_: object, **__: object) -> "Unknown":
        return self

    def __getattr__(self, name: str) -> "Unknown":
        return Unknown(name)


def as_json(value: object) -> object:
    return value.decode() if isinstance(value, bytes) else {"exception": value.name}


def literal(node: ast.AST, names: dict[str, object]) -> object:
    """Returns the value of a literal, or of a name to which one was assigned; otherwise `None`."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def said(function: ast.FunctionDef) -> dict[str, object]:
    nodes = [node for part in function.body for node in ast.walk(part) if hasattr(node, "lineno")]
    nodes.sort(key=lambda node: (node.lineno, node.col_offset))
    names: dict[str, object] = {}
    calls: list[dict[str, object]] = []
    codes: list[object] = []
    for node in nodes:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            names[node.targets[0].id] = literal(node.value, names)
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
            keywords = {keyword.arg: literal(keyword.value, names) for keyword in node.keywords if keyword.arg}
            codes += [keywords["error_code"]] if keywords.get("error_code") else []
            calls.append({"name": name, "args": [literal(arg, names) for arg in node.args], "keywords": keywords})
        elif isinstance(node, ast.Compare):
            operands = [literal(operand, names) for operand in [node.left, *node.comparators]]
            calls.append({"name": "compare", "args": operands, "keywords": {}})
        elif isinstance(node, ast.Dict):
            pairs = [(literal(key, names), literal(value, names)) for key, value in zip(node.keys, node.values) if key]
            codes += [value for key, value in pairs if key in ("Code", "__type") and value]
    return {"calls": calls, "codes": codes}


def rows(function: ast.FunctionDef, module: dict[str, object]) -> list[object] | None:
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.parametrize":
            return eval(compile(ast.Expression(decorator.args[1]), "parameters", "eval"), module)
    return None


def cases(path: pathlib.Path, name: str) -> list[dict[str, object]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    module: dict[str, object] = {}
    for node in tree.body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                module[alias.asname or alias.name] = Unknown(alias.name)
        elif isinstance(node, ast.Assign):
            exec(compile(ast.Module([node], []), "tables", "exec"), module)
    found = []
    classes = [(f"{name}::{node.name}", node.body) for node in tree.body if isinstance(node, ast.ClassDef)]
    for scope, body in [(name, tree.body), *classes]:
        for function in body:
            if not isinstance(function, ast.FunctionDef) or not function.name.startswith("test_"):
                continue
            test = f"{scope}::{function.name}"
            table = rows(function, module)
            if table is None:
                found.append({"id": test, "test": test, "row": None, **said(function)})
            for row in table or []:
                words = " ".join(cell.name if isinstance(cell, Unknown) else str(cell) for cell in row)
                found.append({"id": f"{test}[{words}]", "test": test, "row": row, **said(function)})
    return found


def main() -> None:
    tests = pathlib.Path(sys.argv[1]) / "tests"
    paths = [*tests.glob("unit/retries/test_*.py"), *tests.glob("functional/retries/test_*.py")]
    paths.append(tests / "functional/test_retry.py")
    found = []
    for path in sorted(paths):
        found += cases(path, path.relative_to(tests).with_suffix("").as_posix())
    json.dump(found, sys.stdout, default=as_json)


main()
