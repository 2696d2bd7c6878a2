"""Ten fields with the same pattern share one table of at most 2 kB in a release build.

usage: table_sharing.py   (from anywhere; builds under target/table-sharing)

The fields stand in ten structs in ten modules, and the build has as many codegen units as it likes. What is counted is how often the
tables' bytes are in the program.
"""

import pathlib
import re
import struct
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "target" / "table-sharing"
MODULE = """mod m{n} {{
    #[cognito_op::cognito_op(target = "ResendConfirmationCode", response = ())]
    pub struct ResendConfirmationCode {{
        pub client_id: String,
        #[len(1, 128)]
        #[pattern(r"[\\p{{L}}\\p{{M}}\\p{{S}}\\p{{N}}\\p{{P}}]+")]
        pub username: String,
    }}
}}
"""


def main() -> None:
    (FOLDER / "src").mkdir(parents=True, exist_ok=True)
    (FOLDER / "Cargo.toml").write_text(
        '[package]\nname = "sharing"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n[profile.release]\ncodegen-units = 16\n'
        f'[dependencies]\ncognito-op = {{ path = "{ROOT}/runtime", default-features = false }}\n'
    )
    calls = "\n".join(
        f"    valid &= m{n}::ResendConfirmationCode::new(arguments[0].clone(), arguments[1].clone()).validate().is_ok();"
        for n in range(10)
    )
    (FOLDER / "src" / "main.rs").write_text(
        "\n".join(MODULE.format(n=n) for n in range(10))
        + "fn main() {\n    let arguments: Vec<String> = std::env::args().collect();\n    let mut valid = arguments.len() > 1;\n"
        + f"    if valid {{\n{calls}\n    }}\n    println!(\"{{valid}}\");\n}}\n"
    )
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=FOLDER, check=True)
    program = (FOLDER / "target" / "release" / "sharing").read_bytes()
    snapshot = (ROOT / "macros" / "src" / "pattern" / "known.rs").read_text()
    assert "VISIBLE" in snapshot
    # The ASCII half: everything from `!` to `~`. The ranges: the first ones beyond ASCII.
    ascii_table = bytes(0x21 <= byte <= 0x7E for byte in range(256))
    ranges = struct.pack("<4I", 0xA1, 0xAC, 0xAE, 0x5FF)
    for name, part in (("the ASCII table", ascii_table), ("the ranges", ranges)):
        found = len(re.findall(re.escape(part), program))
        print(f"{name} of the pattern: {found} time(s) in the program")
        if found != 1:
            sys.exit("error: it is not there once")
    # `(0xa1, 0xac)` begins them; they end with the last character.
    start = program.index(ranges)
    end = program.index(struct.pack("<I", 0x10FFFF), start) + 4
    size = 256 + (end - start) + 2 * 65 + 16
    print(f"{size} bytes, at most 2048")
    if size > 2048:
        sys.exit("error: it is too large")


if __name__ == "__main__":
    main()
