"""Reads settings from environments with botocore. Takes a file with a JSON list of objects of variables, and prints a
list of {"endpoint", "region", "attempts", "ca_bundle"} or {"error"}.

usage: environment.py file
"""

import json
import os
import pathlib
import sys

import botocore.awsrequest
import botocore.session


def settings() -> dict:
    session = botocore.session.Session()
    client = session.create_client("cognito-idp", aws_access_key_id="AKID", aws_secret_access_key="secret")
    urls = []

    def respond(request, **_):
        urls.append(request.url)
        return botocore.awsrequest.AWSResponse(request.url, 200, {}, None)

    client.meta.events.register("before-send.cognito-idp", respond)
    try:
        client.global_sign_out(AccessToken="token")
    except AttributeError:
        # The response has no body.
        pass
    retries = client.meta.config.retries
    return {
        "endpoint": urls[0],
        "region": client.meta.region_name,
        "attempts": retries.get("total_max_attempts", 5 if retries["mode"] == "legacy" else 3),
        "ca_bundle": session.get_config_variable("ca_bundle"),
    }


results = []
for variables in json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")):
    os.environ.clear()
    os.environ.update(variables)
    try:
        results.append(settings())
    except Exception as error:  # noqa: BLE001
        results.append({"error": f"{type(error).__name__}: {error}"})
print(json.dumps(results))
