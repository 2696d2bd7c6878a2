"""What `cargo check` of a crate with the 34 public operations costs, beside the same structs with serde's derives and a `send` by
hand. Interleaved rounds in one run; the bound is 1.5 times the CPU seconds.

usage: check_cost.py [rounds]   (from anywhere; builds under target/check-cost)
"""

import os
import pathlib
import resource
import statistics
import subprocess
import sys

from structs import ROOT, by_hand, ours

FOLDER = ROOT / "target" / "check-cost"
BOUND = 1.5



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
