// Runs oidc-provider, a certified OpenID provider, with the paths of a user pool's domain.
//
// usage: oidc_provider.mjs folder port, where the folder has the package in node_modules
//
// The login page signs in as `alice`, without a form. With the `login_hint` of `deny`, the request is denied. The page
// `/ahead?seconds=N` advances the clock by N seconds.

import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const now = Date.now;
let ahead = 0;
Date.now = () => now() + ahead;

const [folder, port] = process.argv.slice(2);
const entry = createRequire(join(folder, "package.json")).resolve("oidc-provider");
const { Provider } = await import(pathToFileURL(entry).href);

const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });
const both = { grant_types: ["authorization_code", "refresh_token"], response_types: ["code"] };
const confidential = {
  client_id: "1example23456789",
  client_secret: "the/secret+of the client",
  redirect_uris: ["https://shop.example.com/callback", "https://shop.example.com/other"],
  ...both,
  grant_types: [...both.grant_types, "client_credentials"],
  scope: "openid email orders/read orders/write",
};
const open = {
  client_id: "2example34567890",
  token_endpoint_auth_method: "none",
  application_type: "native",
  redirect_uris: ["http://127.0.0.1:8400/callback"],
  ...both,
};

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [confidential, open],
  jwks: { keys: [{ ...key, kid: "key", alg: "RS256", use: "sig" }] },
  scopes: ["openid", "email", "orders/read", "orders/write", "orders/delete"],
  // As in the service, the identity token has the claim `token_use`.
  claims: { openid: ["sub", "token_use", "cognito:username"], email: ["email", "email_verified"] },
  findAccount: (_, id) => ({
    accountId: id,
    claims: (use) => ({
      sub: id,
      ...(use === "id_token" ? { token_use: "id", "cognito:username": id } : { username: id }),
      email: `${id}@example.com`,
      email_verified: true,
    }),
  }),
  async loadExistingGrant({ oidc }) {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope("openid email");
    await grant.save();
    return grant;
  },
  issueRefreshToken: async () => true,
  pkce: { required: () => true },
  features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false }, revocation: { enabled: true } },
  interactions: { url: (_, interaction) => `/login/${interaction.uid}` },
  routes: {
    authorization: "/oauth2/authorize",
    token: "/oauth2/token",
    userinfo: "/oauth2/userInfo",
    revocation: "/oauth2/revoke",
    jwks: "/.well-known/jwks.json",
  },
});
const serve = provider.callback();

createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, "http://127.0.0.1");
  if (pathname === "/ahead") {
    ahead += 1000 * Number(searchParams.get("seconds"));
    response.end();
  } else if (pathname.startsWith("/login/")) {
    const { params } = await provider.interactionDetails(request, response);
    const denied = { error: "access_denied", error_description: "the user said no" };
    const result = params.login_hint === "deny" ? denied : { login: { accountId: "alice" }, consent: {} };
    await provider.interactionFinished(request, response, result);
  } else {
    serve(request, response);
  }
}).listen(Number(port), "127.0.0.1");
