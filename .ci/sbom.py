"""Checks that the SBOMs in a folder match the schema of CycloneDX and list the crates that cargo builds.

The folder `source` in it is the workspace that they describe.
"""

import json
import subprocess
import sys
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator


def crates(package: str, source: Path) -> set[str]:
    """Returns the names and versions of the dependencies that cargo builds for a package."""
    tree = ["cargo", "tree", "--package", package, "--all-features", "--target", "all", "--edges", "normal,build"]
    output = subprocess.run(
        [*tree, "--prefix", "none", "--format", "{p}"], cwd=source, check=True, capture_output=True, text=True
    ).stdout
    names = {" ".join(line.split()[:2]).replace(" v", "@") for line in output.splitlines()}
    return {name for name in names if not name.startswith(f"{package}@")}


def faults(text: str, source: Path) -> list[str]:
    """Returns the problems of an SBOM."""
    if error := JsonStrictValidator(SchemaVersion.V1_5).validate_str(text):
        return [str(error).partition("\n")[0]]
    sbom = json.loads(text)
    package = sbom["metadata"]["component"]["name"]
    all_components = [sbom["metadata"]["component"], *sbom["components"]]
    found = []
    for component in all_components:
        name = f"{component['name']}@{component['version']}"
        if component.get("purl") != f"pkg:cargo/{name}":
            found.append(f"the purl of {name} is {component.get('purl')}")
        if not component.get("licenses"):
            found.append(f"{name} has no license")
    listed = {f"{component['name']}@{component['version']}" for component in sbom["components"]}
    if difference := listed ^ crates(package, source):
        found.append(f"only in the SBOM or only in the tree of cargo: {', '.join(sorted(difference))}")
    if "file:" in text or str(source.resolve()) in text:
        found.append("contains a path of this machine")
    if "serialNumber" in sbom:
        found.append("contains a random serial number")
    return found


def main() -> None:
    """Checks the SBOMs in the folder that the argument names."""
    folder = Path(sys.argv[1])
    files = sorted(folder.glob("*.cdx.json"))
    if not files:
        sys.exit(f"error: {folder} contains no SBOM")
    failed = False
    for file in files:
        text = file.read_text()
        found = faults(text, folder / "source")
        print(f"{file}: {len(json.loads(text)['components'])} components", *found, sep="\n  ")
        failed |= bool(found)
    sys.exit(failed)


if __name__ == "__main__":
    main()
