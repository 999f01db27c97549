import { spawnSync } from "node:child_process";
import { expect } from "chai";

/** How the command ends with nothing to reach. */
const verify = (...args: string[]) =>
    spawnSync(process.execPath, ["tools/audit.ts", ...args], {
        encoding: "utf8",
        env: { AWS_REGION: "eu-west-1", AWS_ACCESS_KEY_ID: "local", AWS_SECRET_ACCESS_KEY: "local" },
    });

describe("npm run audit:verify", () => {
    for (const args of [["--tabel", "x"], ["pubsub-audit-prod"], ["--table"], ["--endpoint", "http://127.0.0.1:1"]]) {
        it(`ends with 2 where it cannot look, for 1 says that a row is not as it was written: ${args.join(" ")}`, () => {
            const { status, stderr } = verify(...args);

            expect(status).to.equal(2);
            expect(stderr.trim().split("\n")).to.have.length(1);
        });
    }
});
