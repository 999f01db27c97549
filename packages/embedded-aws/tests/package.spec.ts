import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { expect } from "chai";
import { makePackage } from "../tools/pack.ts";
import { Launched } from "./launched.ts";

describe("The packed package", () => {
    let folder: string;

    before(() => {
        folder = mkdtempSync(join(realpathSync(tmpdir()), "packed-"));
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    it("runs a program where it is installed, without types to strip below node_modules", async () => {
        makePackage(join(folder, "dist"));
        const packed = execFileSync("npm", ["pack", "./dist", "--silent"], { cwd: folder, encoding: "utf8" }).trim();
        const modules = join(folder, "project/node_modules");
        const installed = join(modules, "embedded-aws");
        mkdirSync(installed, { recursive: true });
        execFileSync("tar", ["-xzf", join(folder, packed), "-C", installed, "--strip-components=1"]);
        const { dependencies, optionalDependencies, peerDependencies } = JSON.parse(
            readFileSync(join(installed, "package.json"), "utf8"),
        );
        // What an install would fetch is here already.
        for (const name of [
            ...Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }),
            "@pulumi/aws",
            "@aws-sdk/client-dynamodb",
            "@aws-sdk/client-sqs",
        ]) {
            const link = join(modules, name);
            mkdirSync(dirname(link), { recursive: true });
            symlinkSync(folderOf(name), link);
        }
        cpSync(join(installed, "example"), join(folder, "project"), { recursive: true });
        const bin = join(installed, "bin.js");
        const launched = await Launched.start(join(folder, "project"), { bin });
        try {
            expect(launched.isReady, launched.output).to.equal(true);
            expect((await fetch(`${launched.url}/notes`, { method: "POST", body: "milk" })).status).to.equal(202);
            const script = await fetch(`${launched.url}/_local/console/assets/app.js`);
            expect(script.status, await script.text()).to.equal(200);
        } finally {
            await launched.stop();
        }
    });
});

/** Where a package is installed in this workspace. */
function folderOf(name: string): string {
    const require = createRequire(import.meta.url);
    const paths = require.resolve.paths(name) ?? [];
    for (const path of paths) {
        try {
            return realpathSync(join(path, name.replaceAll("/", sep)));
        } catch {
            // The next one may have it.
        }
    }
    throw new Error(`${name} is not installed`);
}
