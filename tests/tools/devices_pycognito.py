"""Signs in on remembered devices with pycognito: new devices, and those of the last argument. Prints the number of
sign-ins on a device and the new devices as JSON.

usage: devices_pycognito.py endpoint pool password rounds devices
"""

import json
import sys

import boto3
import botocore
from pycognito.aws_srp import AWSSRP, generate_hash_device

endpoint, pool, password, rounds, given = sys.argv[1:]
service = boto3.client(
    "cognito-idp",
    endpoint_url=endpoint,
    region_name="eu-west-1",
    config=botocore.config.Config(signature_version=botocore.UNSIGNED),
)
signed_in = 0


def sign_in(**device):
    srp = AWSSRP("alice", password, pool, "1example23456789", client=service, **device)
    return srp.authenticate_user()["AuthenticationResult"]


def sign_in_with(key, group, secret):
    global signed_in
    result = sign_in(device_key=key, device_group_key=group, device_password=secret)
    assert "NewDeviceMetadata" not in result, result
    signed_in += 1


devices = []
for _ in range(int(rounds)):
    result = sign_in()
    key, group = result["NewDeviceMetadata"]["DeviceKey"], result["NewDeviceMetadata"]["DeviceGroupKey"]
    secret, verifier = generate_hash_device(group, key)
    service.confirm_device(AccessToken=result["AccessToken"], DeviceKey=key, DeviceSecretVerifierConfig=verifier)
    sign_in_with(key, group, secret)
    devices.append({"key": key, "password": secret})
for device in json.loads(given):
    sign_in_with(device["key"], device["group"], device["password"])
print(json.dumps({"signed_in": signed_in, "devices": devices}))
