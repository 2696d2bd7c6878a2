// Verifies tokens with aws-jwt-verify.
//
// usage: aws_jwt_verify.mjs folder, where the folder has the package in node_modules
//
// The first line of the input is a JSON object of key sets by user pool. Each further line is a case: the token, the user
// pools with their app clients, the settings of the verifier and the time in milliseconds. For each case, it prints
// `accepted` or the class of the error.

import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

const { CognitoJwtVerifier } = createRequire(join(process.argv[2], "package.json"))("aws-jwt-verify");

let now = 0;
Date.now = () => now;

const verifiers = new Map();
let keys;

function verifier(settings) {
  const name = JSON.stringify(settings);
  if (!verifiers.has(name)) {
    const { pools, ...others } = settings;
    const made = CognitoJwtVerifier.create(pools.map(({ pool, client }) => ({ userPoolId: pool, clientId: client, ...others })));
    for (const { pool } of pools) {
      made.cacheJwks(keys[pool], pool);
    }
    verifiers.set(name, made);
  }
  return verifiers.get(name);
}

for await (const line of createInterface({ input: process.stdin })) {
  const input = JSON.parse(line);
  if (keys === undefined) {
    keys = input;
    continue;
  }
  now = input.now;
  try {
    verifier(input.settings).verifySync(input.token);
    console.log("accepted");
  } catch (error) {
    console.log(error.constructor.name);
  }
}
