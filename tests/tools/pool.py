"""Sets up a user pool: two app clients, users who have signed up, and an administrator with a key. Prints what was made as JSON.

usage: pool.py endpoint username [username ...]
"""

import base64
import hashlib
import hmac
import json
import sys

import boto3

endpoint, *usernames = sys.argv[1:]


def connect(name):
    return boto3.client(
        name,
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


service = connect("cognito-idp")
pool = service.create_user_pool(PoolName="pool", AutoVerifiedAttributes=["email"])["UserPool"]["Id"]
service.set_user_pool_mfa_config(
    UserPoolId=pool, SoftwareTokenMfaConfiguration={"Enabled": True}, MfaConfiguration="OPTIONAL"
)
made = {"pool": pool}
for name, secret in (("public", False), ("confidential", True)):
    client = service.create_user_pool_client(UserPoolId=pool, ClientName=name, GenerateSecret=secret)["UserPoolClient"]
    made[name] = {"id": client["ClientId"], "secret": client.get("ClientSecret")}

client = made["confidential"]
for username in usernames:
    message = (username + client["id"]).encode()
    digest = hmac.new(client["secret"].encode(), message, hashlib.sha256).digest()
    service.sign_up(
        ClientId=client["id"],
        SecretHash=base64.b64encode(digest).decode(),
        Username=username,
        Password="Correct-Horse-7",
        UserAttributes=[{"Name": "email", "Value": "user@example.com"}],
    )

# The signatures of this key are checked; those of the key above are not.
iam = connect("iam")
policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "cognito-idp:Admin*", "Resource": "*"}]}
iam.create_user(UserName="administrator")
iam.put_user_policy(UserName="administrator", PolicyName="pool", PolicyDocument=json.dumps(policy))
key = iam.create_access_key(UserName="administrator")["AccessKey"]
made["administrator"] = {"id": key["AccessKeyId"], "secret": key["SecretAccessKey"]}
print(json.dumps(made))
