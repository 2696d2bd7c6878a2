"""What `cargo check` of a crate with the 34 public operations costs, beside the same structs with serde's derives and a `send` by
hand. Interleaved rounds in one run; the bound is 1.5 times the CPU seconds.

usage: check_cost.py [rounds]   (from anywhere; builds under target/check-cost)
"""

import os
import pathlib
import re
import resource
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "target" / "check-cost"
BOUND = 1.5

shapes: dict[str, dict] = {}
operations: dict[str, dict] = {}
for line in (ROOT / "macros/src/model/table.txt").read_text().splitlines():
    words = line.split(" ", 3)
    if words[0] == "operation":
        entry = operations.setdefault(words[1], {})
    elif words[0] == "shape":
        entry = shapes.setdefault(words[1], {"members": {}, "required": set(), "entries": [], "values": []})
    elif words[0] == "exception":
        entry = {}
    elif (fact := line.split())[0] == "member":
        entry["members"][fact[1]] = fact[2]
    elif fact[0] == "required":
        entry["required"].add(fact[1])
    elif fact[0] in ("each", "key", "entry"):
        entry["entries"].append(fact[1])
    elif fact[0] == "value":
        entry["values"].append(fact[1])
    else:
        entry[fact[0]] = " ".join(fact[1:]) or True
public = {name: operation for name, operation in operations.items() if operation.get("unsigned")}


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def rust(name: str, needed: list[str]) -> str:
    shape = shapes[name]
    match shape["type"]:
        case "boolean":
            return "bool"
        case "integer":
            return "i32"
        case "long":
            return "i64"
        case "timestamp":
            return "Timestamp"
        case "blob":
            return "Vec<u8>"
        case "document":
            return "serde_json::Value"
        case "list":
            return f"Vec<{rust(shape['entries'][0], needed)}>"
        case "map":
            return f"std::collections::BTreeMap<String, {rust(shape['entries'][1], needed)}>"
        case "structure" | "enum":
            needed.append(name)
            return name
    return "String"


def fields(name: str, needed: list[str], attribute) -> str:
    shape = shapes[name]
    lines = []
    for member, target in shape["members"].items():
        ty = rust(target, needed)
        optional = member not in shape["required"]
        lines.append(attribute(member, target, optional))
        lines.append(f"    pub {snake(member)}: {f'Option<{ty}>' if optional else ty},")
    return "\n".join(line for line in lines if line)


def variant(value: str) -> str:
    words = re.split(r"[^A-Za-z0-9]+", value)
    return "".join(word.capitalize() if word.isupper() else word[:1].upper() + word[1:] for word in words)


def ours() -> str:
    text = ["use cognito_op::{cognito_op, cognito_shape};\ntype Timestamp = std::time::SystemTime;"]
    needed: list[str] = []

    def attribute(member: str, target: str, optional: bool) -> str:
        bounded = shapes[target]["type"] in ("string", "list") and ("min" in shapes[target] or "max" in shapes[target])
        pattern = "    #[pattern]\n" if re.fullmatch(r"\^?\[[^]]+\][+*]\$?", str(shapes[target].get("pattern"))) else ""
        return pattern + ("    #[len]" if bounded else "")

    for name, operation in public.items():
        body = fields(operation["input"], needed, attribute)
        text.append(f'#[cognito_op(target = "{name}")]\n#[derive(Clone)]\npub struct {name} {{\n{body}\n}}')
        output = operation.get("output")
        if output and shapes[output]["members"]:
            needed.append(output)
            if output != f"{name}Response":
                text.append(f"pub type {name}Response = {output};")
    done: set[str] = set()
    while needed:
        name = needed.pop()
        if name in done:
            continue
        done.add(name)
        shape = shapes[name]
        if shape["type"] == "enum":
            variants = "".join(f'    #[member("{value}")]\n    {variant(value)},\n' for value in shape["values"])
            text.append(f"#[cognito_shape]\n#[derive(Clone)]\npub enum {name} {{\n{variants}    Other(String),\n}}")
        else:
            body = fields(name, needed, lambda *_: "")
            text.append(f"#[cognito_shape]\n#[derive(Clone)]\npub struct {name} {{\n{body}\n}}")
    return "\n\n".join(text)


def by_hand() -> str:
    text = [
        "use serde::{Deserialize, Serialize};\ntype Timestamp = f64;",
        "pub trait Transport { fn post(&self, target: &'static str, body: Vec<u8>) -> Result<Vec<u8>, Error>; }",
        "#[derive(Debug)] pub enum Error { Json(serde_json::Error), Status(u16) }",
        "impl From<serde_json::Error> for Error { fn from(error: serde_json::Error) -> Self { Self::Json(error) } }",
    ]
    needed: list[str] = []
    derives = "#[derive(Clone, Debug, Serialize, Deserialize)]"

    def attribute(member: str, target: str, optional: bool) -> str:
        skip = ', skip_serializing_if = "Option::is_none"' if optional else ""
        return f'    #[serde(rename = "{member}"{skip})]'

    for name, operation in public.items():
        body = fields(operation["input"], needed, attribute)
        output = operation.get("output")
        answer = output if output and shapes[output]["members"] else "()"
        if answer != "()":
            needed.append(answer)
        read = "Ok(serde_json::from_slice(&body)?)" if answer != "()" else "let _ = body; Ok(())"
        text.append(
            f"{derives}\npub struct {name} {{\n{body}\n}}\n"
            f"impl {name} {{\n    pub async fn send(&self, transport: &impl Transport) -> Result<{answer}, Error> {{\n"
            f'        let body = transport.post("AWSCognitoIdentityProviderService.{name}", serde_json::to_vec(self)?)?;\n'
            f"        {read}\n    }}\n}}"
        )
    done: set[str] = set()
    while needed:
        name = needed.pop()
        if name in done:
            continue
        done.add(name)
        shape = shapes[name]
        if shape["type"] == "enum":
            variants = "".join(f'    #[serde(rename = "{value}")]\n    {variant(value)},\n' for value in shape["values"])
            text.append(f"{derives}\npub enum {name} {{\n{variants}    #[serde(untagged)]\n    Other(String),\n}}")
        else:
            body = fields(name, needed, attribute)
            text.append(f"{derives}\npub struct {name} {{\n{body}\n}}")
    return "\n\n".join(text)


def check(package: pathlib.Path) -> float:
    """The CPU seconds of checking the package itself; what it depends on is built already."""
    os.utime(package / "src" / "lib.rs")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "CARGO_TARGET_DIR": str(FOLDER / "target"), "CARGO_INCREMENTAL": "0"}
    subprocess.run(["cargo", "check", "-q"], cwd=package, env=environment, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
packages = {}
for name, source in (("ours", ours()), ("by-hand", by_hand())):
    package = FOLDER / name
    (package / "src").mkdir(parents=True, exist_ok=True)
    (package / "src" / "lib.rs").write_text(source)
    (package / "Cargo.toml").write_text(
        f'[package]\nname = "{name}"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n[dependencies]\n'
        f'cognito-op = {{ path = "{ROOT}/runtime", default-features = false }}\n'
        'serde = { version = "1", features = ["derive"] }\nserde_json = "1"\n'
    )
    (package / "Cargo.lock").write_text((ROOT / "Cargo.lock").read_text())
    packages[name] = package
    check(package)

costs: dict[str, list[float]] = {name: [] for name in packages}
for _ in range(rounds):
    for name, package in packages.items():
        costs[name].append(check(package))
ratio = statistics.median(ours / hand for ours, hand in zip(costs["ours"], costs["by-hand"]))
for name, seconds in costs.items():
    print(f"{name:8} {statistics.median(seconds):.2f} CPU seconds (median of {rounds}): {[round(s, 2) for s in seconds]}")
print(f"ratio    {ratio:.2f}, at most {BOUND}")
sys.exit(ratio > BOUND)
