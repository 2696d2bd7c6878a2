"""How long the macro takes for an operation with three patterns, in an unoptimised build of the macro.

usage: expansion_time.py [rounds]   (from anywhere; builds under target/expansion-time)

rustc says how long a crate takes to expand (`-Ztime-passes`). The difference between a crate of 41 operations and one of a single
operation is what 40 take; the smallest of the rounds counts, since whatever else the machine does only adds to it.
"""

import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "target" / "expansion-time"
PATTERNS = {
    "ResendConfirmationCode": [r"[\w+]+", r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", r"[\w+=/]+"],
    "three automata of Unicode": [
        r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{####\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*",
        r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+@[\p{L}\p{M}\p{S}\p{N}\p{P}]+",
        r"^[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?$",
    ],
}
BOUND = 5.0


def expansion(patterns: list[str], count: int, rounds: int) -> float:
    """The milliseconds of expanding a crate of that many operations."""
    members = ("client_id: String", "username: String", "secret_hash: Option<String>")
    # Unmodeled, so that no pattern has to fit what is published.
    fields = "".join(
        f'#[unmodeled] #[len(1, 128)] #[pattern(r"{pattern}")] pub own_{member}, ' for pattern, member in zip(patterns, members)
    )
    operation = f'#[cognito_op::cognito_op(target = "Own", unmodeled, response = ())] pub struct Own {{ {fields} }}'
    (FOLDER / "src").mkdir(parents=True, exist_ok=True)
    (FOLDER / "Cargo.toml").write_text(
        '[package]\nname = "expansion"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n'
        f'[dependencies]\ncognito-op = {{ path = "{ROOT}/runtime", default-features = false }}\n'
    )
    (FOLDER / "src" / "lib.rs").write_text("\n".join(f"pub mod m{n} {{ {operation} }}" for n in range(count)))
    times = []
    for _ in range(rounds):
        (FOLDER / "src" / "lib.rs").touch()
        command = ["cargo", "rustc", "--lib", "--quiet", "--", "-Ztime-passes", "-Awarnings"]
        done = subprocess.run(
            command, cwd=FOLDER, env={**os.environ, "RUSTC_BOOTSTRAP": "1"}, capture_output=True, text=True, check=True
        )
        found = re.search(r"time:\s+([0-9.]+);.*\smacro_expand_crate", done.stdout + done.stderr)
        if not found:
            sys.exit("error: rustc does not say how long expansion took")
        times.append(float(found.group(1)))
    return 1000 * min(times)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    slow = False
    for name, patterns in PATTERNS.items():
        each = (expansion(patterns, 41, rounds) - expansion(patterns, 1, rounds)) / 40
        print(f"{each:6.2f} ms, at most {BOUND} ms: an operation with the patterns of {name}")
        slow |= each > BOUND
    if slow:
        sys.exit("error: too slow")


if __name__ == "__main__":
    main()
