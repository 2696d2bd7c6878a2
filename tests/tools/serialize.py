"""Serializes requests as boto3 does. Takes a file with a JSON list of {"operation", "input"} and prints a list of
requests.

usage: serialize.py file
"""

import base64
import json
import pathlib
import sys

import botocore.serialize
import botocore.session

service = botocore.session.get_session().get_service_model("cognito-idp")
serializer = botocore.serialize.create_serializer(service.metadata["protocol"], include_validation=False)


def bytes_of(value, shape):
    """Returns the value with Base64 decoded to bytes."""
    if shape.type_name == "blob":
        return base64.b64decode(value)
    if shape.type_name == "list":
        return [bytes_of(entry, shape.member) for entry in value]
    if shape.type_name == "map":
        return {key: bytes_of(entry, shape.value) for key, entry in value.items()}
    if shape.type_name == "structure" and not getattr(shape, "is_document_type", False):
        return {name: bytes_of(member, shape.members[name]) for name, member in value.items()}
    return value


requests = []
for case in json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")):
    operation = service.operation_model(case["operation"])
    request = serializer.serialize_to_request(bytes_of(case["input"], operation.input_shape), operation)
    body = request["body"].decode() if isinstance(request["body"], bytes) else request["body"]
    requests.append({key: request[key] for key in ("method", "url_path", "headers")} | {"body": json.loads(body)})
print(json.dumps(requests))
