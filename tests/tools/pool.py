"""Creates a user pool with two app clients, and further resources for the options. Prints them as JSON.

usage: pool.py [--administrator] [--check-signatures] [--invited NAME]... [--mfa WHEN] [--emails] [--triggers]
               [--managed-login] endpoint [username ...]
"""

import argparse
import base64
import hashlib
import hmac
import io
import json
import urllib.request
import zipfile

import boto3
from botocore.config import Config

PASSWORD = "Correct-Horse-7"

# A trigger that asks one question, after the SRP proof if there is one, and allows at most two answers.
TRIGGER = """
def handler(event, context):
    request, response = event["request"], event["response"]
    session = request.get("session") or []
    if event["triggerSource"].startswith("Define"):
        last = session[-1] if session else {}
        asked = [entry for entry in session if entry["challengeName"] == "CUSTOM_CHALLENGE"]
        if last.get("challengeName") == "SRP_A":
            response["challengeName"] = "PASSWORD_VERIFIER"
        elif asked and last.get("challengeResult"):
            response["issueTokens"] = True
        elif len(asked) == 2:
            response["failAuthentication"] = True
        else:
            response["challengeName"] = "CUSTOM_CHALLENGE"
    elif event["triggerSource"].startswith("Create"):
        response["publicChallengeParameters"] = {"question": "What does the cow say?"}
        response["privateChallengeParameters"] = {"answer": "moo"}
    else:
        response["answerCorrect"] = request["challengeAnswer"] == request["privateChallengeParameters"]["answer"]
    return event
"""

parser = argparse.ArgumentParser()
parser.add_argument("--administrator", action="store_true", help="with an administrator who has a key and sessions")
parser.add_argument("--check-signatures", action="store_true", help="makes moto check signatures from then on")
parser.add_argument("--invited", action="append", default=[], help="a user whose password is a temporary one")
parser.add_argument(
    "--mfa", choices=["OPTIONAL", "ON"], default="OPTIONAL", help="whether everybody needs an authenticator app"
)
parser.add_argument("--emails", action="store_true", help="users sign in with their email addresses")
parser.add_argument("--triggers", action="store_true", help="with triggers for CUSTOM_AUTH")
parser.add_argument(
    "--managed-login", action="store_true", help="the app clients use managed login, and a third one gets tokens for itself"
)
parser.add_argument("endpoint")
parser.add_argument("usernames", nargs="*", help="users who have signed up and not confirmed")
options = parser.parse_intermixed_args()


def connect(name):
    return boto3.client(
        name,
        endpoint_url=options.endpoint,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
        # boto3 would reject the duration of the expired session.
        config=Config(parameter_validation=False),
    )


service = connect("cognito-idp")
settings = {"AutoVerifiedAttributes": ["email"]}
if options.emails:
    settings["UsernameAttributes"] = ["email"]
if options.triggers:
    role = connect("iam").create_role(RoleName="trigger", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("trigger.py", TRIGGER)
    arn = connect("lambda").create_function(
        FunctionName="trigger",
        Runtime="python3.12",
        Role=role,
        Handler="trigger.handler",
        Code={"ZipFile": code.getvalue()},
    )["FunctionArn"]
    names = ("DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse")
    settings["LambdaConfig"] = {name: arn for name in names}
pool = service.create_user_pool(PoolName="pool", **settings)["UserPool"]["Id"]
service.set_user_pool_mfa_config(
    UserPoolId=pool, SoftwareTokenMfaConfiguration={"Enabled": True}, MfaConfiguration=options.mfa
)
made = {"pool": pool}


def make_client(name, secret, **settings):
    made_client = service.create_user_pool_client(UserPoolId=pool, ClientName=name, GenerateSecret=secret, **settings)
    client = made_client["UserPoolClient"]
    made[name] = {"id": client["ClientId"], "secret": client.get("ClientSecret")}


login = {}
if options.managed_login:
    login = {
        "AllowedOAuthFlowsUserPoolClient": True,
        "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["openid", "email"],
        "SupportedIdentityProviders": ["COGNITO"],
        "CallbackURLs": ["https://shop.example.com/callback", "https://shop.example.com/other"],
        "LogoutURLs": ["https://shop.example.com/goodbye"],
    }
    scopes = [{"ScopeName": name, "ScopeDescription": name} for name in ("read", "write")]
    service.create_resource_server(UserPoolId=pool, Identifier="orders", Name="orders", Scopes=scopes)
    make_client(
        "machine",
        True,
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthFlows=["client_credentials"],
        AllowedOAuthScopes=["orders/read", "orders/write"],
    )
for name, secret in (("public", False), ("confidential", True)):
    make_client(name, secret, **login)

client = made["confidential"]
for username in options.usernames:
    message = (username + client["id"]).encode()
    digest = hmac.new(client["secret"].encode(), message, hashlib.sha256).digest()
    service.sign_up(
        ClientId=client["id"],
        SecretHash=base64.b64encode(digest).decode(),
        Username=username,
        Password=PASSWORD,
        UserAttributes=[{"Name": "email", "Value": "user@example.com"}],
    )

for username in options.invited:
    service.admin_create_user(
        UserPoolId=pool,
        Username=username,
        TemporaryPassword=PASSWORD,
        MessageAction="SUPPRESS",
        UserAttributes=[{"Name": "email", "Value": f"{username}@example.com"}],
    )

if options.administrator:
    # The signatures of these keys are checked. Those of the key "test" are not.
    iam, sts = connect("iam"), connect("sts")
    allowed = {"Effect": "Allow", "Action": "cognito-idp:*", "Resource": "*"}
    denied = {"Effect": "Deny", "Action": "cognito-idp:DeleteUserPool", "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [allowed, denied]})
    iam.create_user(UserName="administrator")
    iam.put_user_policy(UserName="administrator", PolicyName="pool", PolicyDocument=policy)
    key = iam.create_access_key(UserName="administrator")["AccessKey"]
    made["administrator"] = {"id": key["AccessKeyId"], "secret": key["SecretAccessKey"]}
    trusted = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}
    trust = json.dumps({"Version": "2012-10-17", "Statement": [trusted]})
    role = iam.create_role(RoleName="administrator", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    iam.put_role_policy(RoleName="administrator", PolicyName="pool", PolicyDocument=policy)
    # ministack deletes expired sessions when it creates another one, so the expired session is the last.
    for name, seconds in (("session", 3600), ("expired", 0)):
        session = sts.assume_role(RoleArn=role, RoleSessionName=name, DurationSeconds=seconds)["Credentials"]
        made[name] = {
            "id": session["AccessKeyId"],
            "secret": session["SecretAccessKey"],
            "token": session["SessionToken"],
        }

if options.check_signatures:
    headers = {"Content-Type": "text/plain"}
    request = urllib.request.Request(f"{options.endpoint}/moto-api/reset-auth", data=b"0", headers=headers)
    urllib.request.urlopen(request).close()
print(json.dumps(made))
