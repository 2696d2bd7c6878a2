"""Builds the core for a target without sockets, threads and clock, and runs it there: it imports nothing, and works.

Needs Node and the Rust target wasm32-unknown-unknown.
"""

import json
import pathlib
import subprocess
import sys

TARGET = "wasm32-unknown-unknown"
ROOT = pathlib.Path(__file__).parents[2]
RUN = """
const module = new WebAssembly.Module(require("fs").readFileSync(process.argv[1]));
const imports = WebAssembly.Module.imports(module).map((found) => `${found.module}.${found.name}`);
const code = imports.length ? null : new WebAssembly.Instance(module).exports.main(0, 0);
console.log(JSON.stringify({ imports, code }));
"""

build = ["cargo", "build", "-p", "cognito-op-portable", "--target", TARGET, "--message-format", "json"]
built = subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
messages = map(json.loads, built.splitlines())
[program] = [message["executable"] for message in messages if message.get("executable")]
ran = json.loads(subprocess.run(["node", "-e", RUN, program], check=True, stdout=subprocess.PIPE).stdout)
if ran["imports"]:
    sys.exit(f"the core imports {', '.join(ran['imports'])}")
if ran["code"] != 0:
    sys.exit(f"the core failed with {ran['code']}; see tests/portable/src/main.rs")
print(f"the core runs on {TARGET} and imports nothing")
