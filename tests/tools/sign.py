"""Signs requests with botocore. Takes a file with a JSON list of requests and prints the headers of each, once signed.

usage: sign.py file
"""

import base64
import datetime
import json
import pathlib
import sys

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

signed = []
for case in json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")):
    time = datetime.datetime.fromtimestamp(case["time"], datetime.timezone.utc)
    botocore.auth.get_current_datetime = lambda time=time: time
    request = AWSRequest(case["method"], case["url"], dict(case["headers"]), base64.b64decode(case["body"]))
    credentials = Credentials(case["id"], case["secret"], case["token"])
    botocore.auth.SigV4Auth(credentials, case["service"], case["region"]).add_auth(request)
    signed.append({name.lower(): value for name, value in request.headers.items()})
print(json.dumps(signed))
