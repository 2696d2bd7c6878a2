// Signs in on remembered devices with cognito-srp-helper: new devices, and those of the last argument. Prints the
// number of sign-ins on a device and the new devices as JSON.
//
// usage: devices_srp_helper.mjs folder endpoint pool password rounds devices, where the folder has the package in
// node_modules

import { createRequire } from "node:module";
import { join } from "node:path";

const [folder, endpoint, pool, password, rounds, given] = process.argv.slice(2);
const helper = createRequire(join(folder, "package.json"))("cognito-srp-helper");
const USERNAME = "alice";
const ClientId = "1example23456789";

async function send(operation, input) {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify(input),
  });
  const output = await response.json();
  if (!response.ok) {
    throw new Error(`${operation}: ${JSON.stringify(output)}`);
  }
  return output;
}

async function signIn(device) {
  const key = device && { DEVICE_KEY: device.key };
  let session = helper.createSrpSession(USERNAME, password, pool, false);
  const start = { ClientId, AuthFlow: "USER_SRP_AUTH", AuthParameters: { USERNAME, ...key } };
  let response = await send("InitiateAuth", helper.wrapInitiateAuth(session, start));
  const answer = async (ChallengeName) => {
    const ChallengeResponses = { USERNAME, ...key };
    const request = { ClientId, ChallengeName, ChallengeResponses, Session: response.Session };
    response = await send("RespondToAuthChallenge", helper.wrapAuthChallenge(session, request));
  };
  session = helper.signSrpSession(session, response);
  await answer("PASSWORD_VERIFIER");
  if (device) {
    await answer("DEVICE_SRP_AUTH");
    session = helper.signSrpSessionWithDevice(session, response, device.group, device.password);
    await answer("DEVICE_PASSWORD_VERIFIER");
  }
  return response.AuthenticationResult;
}

let signedIn = 0;
async function signInWith(device) {
  const { NewDeviceMetadata } = await signIn(device);
  if (NewDeviceMetadata) {
    throw new Error("the device is not known");
  }
  signedIn += 1;
}

const devices = [];
for (let round = 0; round < Number(rounds); round += 1) {
  const { AccessToken, NewDeviceMetadata } = await signIn();
  const { DeviceKey, DeviceGroupKey } = NewDeviceMetadata;
  const { DeviceSecretVerifierConfig, DeviceRandomPassword } = helper.createDeviceVerifier(DeviceKey, DeviceGroupKey);
  await send("ConfirmDevice", { AccessToken, DeviceKey, DeviceSecretVerifierConfig });
  const device = { key: DeviceKey, group: DeviceGroupKey, password: DeviceRandomPassword };
  await signInWith(device);
  devices.push(device);
}
for (const device of JSON.parse(given)) {
  await signInWith(device);
}
console.log(JSON.stringify({ signed_in: signedIn, devices }));
