"""Finds credentials with botocore. Takes a file with a JSON list of environments and prints the result of each.

usage: credentials.py file

An environment has variables, a profile or null, and the flag "offline". With the flag, no request is sent, and the
result is the URL of the first request and the scope of its signature.
"""

import json
import os
import pathlib
import sys

import botocore.credentials
import botocore.session
import botocore.tokens

OTHERS = {name: value for name, value in os.environ.items() if not name.startswith("AWS_") and "PROXY" not in name.upper()}


class Offline(Exception):
    """A request that is not sent."""


def refuse(request, **_):
    authorization = dict(request.headers).get("Authorization", "")
    if isinstance(authorization, bytes):
        authorization = authorization.decode()
    scope = authorization.partition("Credential=")[2].partition(",")[0].split("/", 2)[-1]
    raise Offline(f"{request.url} {scope}".strip())


def find(case):
    os.environ.clear()
    os.environ.update(OTHERS)
    os.environ.update(case["variables"])
    # These paths are computed when the modules are imported.
    cache = os.path.expanduser("~/.aws/sso/cache")
    botocore.credentials.SSOProvider._SSO_TOKEN_CACHE_DIR = cache
    botocore.tokens.SSOTokenProvider._SSO_TOKEN_CACHE_DIR = cache
    session = botocore.session.Session(profile=case["profile"])
    if case["offline"]:
        session.register("before-send", refuse)
    try:
        found = session.get_credentials()
        if found is None:
            return {"error": "none"}
        found = found.get_frozen_credentials()
    except Offline as error:
        return {"offline": str(error)}
    except Exception as error:  # Any error means that there are no credentials.
        return {"error": f"{type(error).__name__}: {error}"}
    return {"found": [found.access_key, found.secret_key, found.token]}


print(json.dumps([find(case) for case in json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))]))
