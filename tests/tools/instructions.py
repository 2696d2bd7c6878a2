"""How many instructions validation and a call take, side by side, held against their bounds.

usage: instructions.py   (from anywhere; needs valgrind and gungraun-runner of the version that tests/bench/Cargo.lock names)

Against a loop written by hand at most 1.5 times as many; the first call as many as the thousandth; 64 times the length at most 66
times as many. A whole call over a transport in memory, checks included, at most 1.25 times as many as one written by hand without
any (tests/bench/src/call.rs says what that does). (How much faster than `regex` it is can only be said in time: `cargo bench --bench time` in tests/bench. Its
automaton waits for memory at each byte, which does not show here.)
"""

import json
import pathlib
import shutil
import subprocess
import sys

BENCH = pathlib.Path(__file__).resolve().parents[1] / "bench"
OUTPUT = BENCH / "target" / "gungraun"
KINDS = [("word", "ASCII"), ("visible", "ASCII"), ("visible", "Unicode"), ("pool", "ASCII"), ("address", "ASCII"), ("address", "Unicode")]
BYTES = [8, 32, 128, 2048, 131072]


def main() -> None:
    shutil.rmtree(OUTPUT, ignore_errors=True)
    command = ["cargo", "bench", "--quiet", "--bench", "instructions", "--", "--save-summary=json"]
    done = subprocess.run(command, cwd=BENCH, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        sys.exit(f"error: {' '.join(command)} failed\n{done.stdout[-3000:]}")
    counts = {}
    for path in OUTPUT.rglob("summary.json"):
        summary = json.loads(path.read_text())
        metrics = summary["profiles"][0]["data"]["total"]["metrics"]
        counts[summary["function_name"], summary["id"]] = metrics["Ir"]["values"]["new"]
    wrong = []
    print(f"{'pattern':22}{'bytes':>8}{'cognito-op':>12}{'by hand':>12}{'regex':>12}{'by hand = 1':>13}")
    for index, ((kind, script), length) in enumerate((kind, length) for kind in KINDS for length in BYTES):
        ours, hand, regex = (counts[engine, f"case_{index}"] for engine in ("cognito_op", "by_hand", "regex"))
        print(f"{kind + ', ' + script:22}{length:8}{ours:12}{hand:12}{regex:12}{ours / hand:13.2f}")
        if ours > 1.5 * hand:
            wrong.append(f"{kind}, {script}, {length} bytes: more than 1.5 times the loop written by hand")
        if length == BYTES[-1] and ours > 66 * counts["cognito_op", f"case_{index - 1}"]:
            wrong.append(f"{kind}, {script}: not linear")
    for kind in dict.fromkeys(kind for kind, _ in KINDS):
        first, thousandth = counts["first_call", kind], counts["thousandth_call", kind]
        print(f"{kind}, first call and thousandth: {first} and {thousandth}")
        if first != thousandth:
            wrong.append(f"{kind}: the first call costs something else than the thousandth")
    request = {engine: counts[f"request_{engine}", "it"] for engine in ("cognito_op", "by_hand", "validator", "garde")}
    print("ResendConfirmationCode: " + ", ".join(f"{engine} {count}" for engine, count in request.items()))
    if request["cognito_op"] > 1.5 * request["by_hand"]:
        wrong.append("ResendConfirmationCode: more than 1.5 times what is written by hand")
    for call in ("call", "blocking_call"):
        ours, hand = (counts[f"{call}_{engine}", "it"] for engine in ("cognito_op", "by_hand"))
        print(f"{call.replace('_', ' ')}: cognito_op {ours}, by_hand {hand}, ratio {ours / hand:.3f}")
        if ours > 1.25 * hand:
            wrong.append(f"{call.replace('_', ' ')}: more than 1.25 times what is written by hand")
    if wrong:
        sys.exit("error: " + "\n       ".join(wrong))


if __name__ == "__main__":
    main()
