// Verifies with aws-jwt-verify as often as each line of the input says, and prints the microseconds of CPU time.

const [folder, userPoolId, clientId, access, id, keys] = process.argv.slice(2);
const { CognitoJwtVerifier } = require(folder);

const verify = {};
for (const [name, tokenUse, token] of [["Access", "access", access], ["Id", "id", id]]) {
    const verifier = CognitoJwtVerifier.create({ userPoolId, tokenUse, clientId });
    verifier.cacheJwks(JSON.parse(keys));
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
