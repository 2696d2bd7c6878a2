"""How many bytes of code the macros generate, documentation not counted, held against their bounds.

usage: macro_stats.py   (from anywhere; builds under target/macro-stats)

The bounds are those of the project: an operation of six members, ResendConfirmationCode, at most 14 kB with its derives; a further
plain string member at most 1 kB; `#[client_id]` at most 200 bytes more than an optional member; a shape of four members at most 5 kB
more than serde's derives of the same struct.
"""

import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "target" / "macro-stats"

RESEND = '''
#[cognito_op(target = "ResendConfirmationCode", response = ())]
#[derive(Clone)]
pub struct ResendConfirmationCode {
    #[len(1, 128)]
    #[pattern(r"[\\w+]+")]
    pub client_id: String,
    #[len(1, 128)]
    #[pattern(r"[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+")]
    pub username: String,
    #[secret_hash]
    #[len(1, 128)]
    #[pattern(r"[\\w+=/]+")]
    pub secret_hash: Option<String>,
    pub analytics_metadata: Option<Structure>,
    pub client_metadata: Option<std::collections::BTreeMap<String, String>>,
    pub user_context_data: Option<Structure>,
    FURTHER
}
#[cognito_shape(unmodeled)]
#[derive(Clone)]
pub struct Structure {}
'''
OPTIONAL_ID = RESEND.replace("FURTHER", "").replace("pub client_id: String", "ATTRIBUTE\n    pub client_id: Option<String>")
FOUR = "pub struct Four { pub one: String, pub two: Option<String>, pub three: Option<String>, pub four: Option<i32> }"
USES = "#![allow(dead_code)]\nuse cognito_op::{cognito_op, cognito_shape};\n"
SOURCES = {
    "operation": USES + RESEND.replace("FURTHER", ""),
    "operation_and_member": USES + RESEND.replace("FURTHER", "#[unmodeled] pub further: Option<String>,"),
    "optional_id": USES + OPTIONAL_ID.replace("ATTRIBUTE", "#[unmodeled]"),
    "client_id": USES + OPTIONAL_ID.replace("ATTRIBUTE", "#[client_id]"),
    "nothing": USES + "#[cognito_shape(unmodeled)]\n#[derive(Clone)]\npub struct Structure {}\n",
    "shape": USES + "#[cognito_shape]\n" + FOUR,
    "serde": "#![allow(dead_code)]\n#[derive(Debug, serde::Serialize, serde::Deserialize)]\n" + FOUR,
}


def generated(name: str, source: str, show: bool = False) -> int:
    """The bytes that the macros of a source generate, documentation left out."""
    package = FOLDER / name
    (package / "src").mkdir(parents=True, exist_ok=True)
    (package / "Cargo.toml").write_text(
        f'[package]\nname = "{name}"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n'
        f'[dependencies]\ncognito-op = {{ path = "{ROOT}/runtime", default-features = false }}\n'
        'serde = { version = "1", features = ["derive"] }\n'
    )
    (package / "Cargo.lock").write_text((ROOT / "Cargo.lock").read_text())
    environment = {**os.environ, "RUSTC_BOOTSTRAP": "1", "CARGO_TARGET_DIR": str(FOLDER / "target")}

    def rustc(flag: str) -> subprocess.CompletedProcess[str]:
        # A comment makes the source new, or nothing would be compiled the second time.
        (package / "src" / "lib.rs").write_text(source + f"// {flag}\n")
        command = ["cargo", "rustc", "-q", "--lib", "--", flag]
        return subprocess.run(command, cwd=package, env=environment, check=True, capture_output=True, text=True)

    stats = rustc("-Zmacro-stats").stderr
    if show:
        print(stats)
    rows = re.findall(r"^macro-stats .*?(\d+) +([\d_]+) +[\d_.]+ +([\d_]+) +[\d_.]+$", stats, re.MULTILINE)
    total = sum(int(size.replace("_", "")) for _, _, size in rows)
    expanded = rustc("-Zunpretty=expanded").stdout
    documentation = re.findall(r"#\[doc =\s*\"(?:[^\"\\]|\\.)*\"\]", expanded)
    return total - sum(map(len, documentation))


def main() -> None:
    sizes = {name: generated(name, source, show=True) for name, source in SOURCES.items()}
    rows = [
        ("ResendConfirmationCode with its derives", sizes["operation"] - sizes["nothing"], 14_000),
        ("a further plain string member", sizes["operation_and_member"] - sizes["operation"], 1_000),
        ("`#[client_id]` on an optional member", sizes["client_id"] - sizes["optional_id"], 200),
        ("ResendConfirmationCode with `#[client_id]`", sizes["client_id"] - sizes["nothing"], 14_000),
        ("a shape of four members beyond serde's derives", sizes["shape"] - sizes["serde"], 5_000),
    ]
    for what, size, bound in rows:
        print(f"{size:7} bytes, at most {bound:6}: {what}")
    sys.exit(any(size > bound for _, size, bound in rows))


if __name__ == "__main__":
    main()
