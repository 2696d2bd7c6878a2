// Reads lines with a token use and a count. Verifies the token that many times with aws-jwt-verify, and prints the
// microseconds of CPU time.

const { CognitoJwtVerifier } = require(process.argv[2]);
const { pool: userPoolId, client_id: clientId, access, id, keys } = require("../../compare/tokens.json");

const verify = {};
for (const [name, tokenUse, token] of [["Access", "access", access], ["Id", "id", id]]) {
    const verifier = CognitoJwtVerifier.create({ userPoolId, tokenUse, clientId });
    verifier.cacheJwks(keys);
    verify[name] = () => verifier.verifySync(token);
}

require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
    const [usage, count] = line.split(" ");
    const begun = process.cpuUsage();
    for (let done = 0; done < Number(count); done++) {
        verify[usage]();
    }
    const { user, system } = process.cpuUsage(begun);
    console.log(user + system);
});
