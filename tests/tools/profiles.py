"""Reads profiles with botocore. Takes a file with a JSON list of [config file, credentials file], and prints a list of
{"profiles", "services"}, with null if a file is not valid.

usage: profiles.py file
"""

import json
import pathlib
import sys
import tempfile

from botocore.configloader import load_config, raw_config_parse
from botocore.exceptions import ConfigParseError

results = []
with tempfile.TemporaryDirectory() as folder:
    paths = [pathlib.Path(folder, name) for name in ("config", "credentials")]
    for texts in json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")):
        for path, text in zip(paths, texts):
            path.write_bytes(text.encode())
        try:
            config, credentials = load_config(str(paths[0])), raw_config_parse(str(paths[1]))
        except ConfigParseError:
            results.append(None)
        else:
            # A session merges the values of a profile from both files. Here, each profile is in one file.
            results.append({"profiles": config["profiles"] | credentials, "services": config["services"]})
print(json.dumps(results))
