"""Requests as boto3 writes them. Takes a file with a JSON list of {"operation", "input"} and prints a list of requests.

usage: serialize.py file
"""

import json
import pathlib
import sys

import botocore.serialize
import botocore.session

service = botocore.session.get_session().get_service_model("cognito-idp")
serializer = botocore.serialize.create_serializer(service.metadata["protocol"], include_validation=False)
requests = []
for case in json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")):
    request = serializer.serialize_to_request(case["input"], service.operation_model(case["operation"]))
    body = request["body"].decode() if isinstance(request["body"], bytes) else request["body"]
    requests.append({key: request[key] for key in ("method", "url_path", "headers")} | {"body": json.loads(body)})
print(json.dumps(requests))
