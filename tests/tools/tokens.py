"""Signs users in. Prints the user pool, its key set, the app client and the tokens as JSON.

usage: tokens.py endpoint
"""

import json
import sys
import urllib.request

import boto3

PASSWORD = "Correct-Horse-7"

endpoint = sys.argv[1]
service = boto3.client(
    "cognito-idp",
    endpoint_url=endpoint,
    region_name="us-east-1",
    aws_access_key_id="test",
    aws_secret_access_key="test",
)
pool = service.create_user_pool(PoolName="pool")["UserPool"]["Id"]
flows = ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
created = service.create_user_pool_client(UserPoolId=pool, ClientName="client", ExplicitAuthFlows=flows)
client = created["UserPoolClient"]["ClientId"]
service.create_group(UserPoolId=pool, GroupName="admin")
tokens = []
for username, groups in (("alice", ["admin"]), ("josé", [])):
    service.admin_create_user(
        UserPoolId=pool,
        Username=username,
        MessageAction="SUPPRESS",
        UserAttributes=[{"Name": "email", "Value": "user@example.com"}],
    )
    service.admin_set_user_password(UserPoolId=pool, Username=username, Password=PASSWORD, Permanent=True)
    for group in groups:
        service.admin_add_user_to_group(UserPoolId=pool, Username=username, GroupName=group)
    for _ in range(5):
        result = service.admin_initiate_auth(
            UserPoolId=pool,
            ClientId=client,
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": username, "PASSWORD": PASSWORD},
        )["AuthenticationResult"]
        tokens.append({"access": result["AccessToken"], "id": result["IdToken"]})
with urllib.request.urlopen(f"{endpoint}/{pool}/.well-known/jwks.json") as response:
    keys = json.load(response)
print(json.dumps({"pool": pool, "client": client, "keys": keys, "tokens": tokens}))
