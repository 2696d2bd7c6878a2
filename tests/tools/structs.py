"""The operations and shapes of the service's table, and Rust structs of them, with this crate or with serde's derives."""

import pathlib
import re
from collections.abc import Callable, Iterable

ROOT = pathlib.Path(__file__).resolve().parents[2]
KEYWORDS = {"type": "r#type"}

shapes: dict[str, dict] = {}
operations: dict[str, dict] = {}
for line in (ROOT / "macros/model/src/table.txt").read_text().splitlines():
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


# The attributes of a field: of its member, the member's shape and whether it is optional.
Attribute = Callable[[str, str, bool], str]


def fields(name: str, needed: list[str], attribute: Attribute) -> str:
    shape = shapes[name]
    lines = []
    for member, target in shape["members"].items():
        ty = rust(target, needed)
        optional = member not in shape["required"]
        lines.append(attribute(member, target, optional))
        lines.append(f"    pub {KEYWORDS.get(snake(member), snake(member))}: {f'Option<{ty}>' if optional else ty},")
    return "\n".join(line for line in lines if line)


def variant(value: str) -> str:
    words = re.split(r"[^A-Za-z0-9]+", value)
    return "".join(word.capitalize() if word.isupper() else word[:1].upper() + word[1:] for word in words)


def ours(names: Iterable[str] = public) -> str:
    """Structs with this crate's attributes."""
    text = ["use cognito_op::{cognito_op, cognito_shape};\ntype Timestamp = std::time::SystemTime;"]
    needed: list[str] = []

    def name_of(member: str) -> str:
        # Where the field's name does not say it.
        pascal = "".join(word.capitalize() for word in snake(member).split("_"))
        return "" if pascal == member else f'    #[member("{member}")]\n'

    def attribute(member: str, target: str, optional: bool) -> str:
        bounded = shapes[target]["type"] in ("string", "list") and ("min" in shapes[target] or "max" in shapes[target])
        pattern = "    #[pattern]\n" if re.fullmatch(r"\^?\[[^]]+\][+*]\$?", str(shapes[target].get("pattern"))) else ""
        return name_of(member) + pattern + ("    #[len]" if bounded else "")

    for name in names:
        operation = operations[name]
        body = fields(operation["input"], needed, attribute)
        signed = "" if operation.get("unsigned") else ", signed"
        text.append(f'#[cognito_op(target = "{name}"{signed})]\n#[derive(Clone)]\npub struct {name} {{\n{body}\n}}')
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
            body = fields(name, needed, lambda member, *_: name_of(member))
            text.append(f"#[cognito_shape]\n#[derive(Clone)]\npub struct {name} {{\n{body}\n}}")
    return "\n\n".join(text)


def by_hand() -> str:
    """The same of the public operations with serde's derives, and a `send` of each."""
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
