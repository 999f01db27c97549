import { spawnSync } from "node:child_process";
import { appendFileSync, chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect } from "chai";
import { copyOfProject, endAll } from "./embedded.ts";

describe("npm run preview and npm run up", () => {
    let copy: string;

    before(() => {
        copy = copyOfProject();
        // In Pulumi's place: says what it was asked for, and which stack is selected.
        mkdirSync(join(copy, "bin"));
        writeFileSync(
            join(copy, "bin/pulumi"),
            '#!/bin/sh\nif [ "$1 $2" = "stack --show-name" ]; then echo organisation/commerce/prod; else echo "asked: $*"; fi\n',
        );
        chmodSync(join(copy, "bin/pulumi"), 0o755);
        // The whole program is held to the policies by policy.spec.ts.
        writeFileSync(
            join(copy, "index.ts"),
            'import * as aws from "@pulumi/aws";\nnew aws.cloudwatch.EventBus("orders", { tags: { Project: "p", Environment: "e", ManagedBy: "m", CostCenter: "c" } });\n',
        );
    });

    after(endAll);

    const run = (...args: string[]) => {
        const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/pulumi.ts", ...args], {
            cwd: copy,
            env: { ...process.env, PATH: `${join(copy, "bin")}${delimiter}${process.env["PATH"]}` },
            encoding: "utf8",
        });
        return { status, stdout, stderr };
    };

    it("are the lines of package.json that run this", () => {
        const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
        for (const command of ["preview", "up"])
            expect(scripts[command]).to.match(new RegExp(`tools/pulumi.ts ${command}$`));
    });

    it("run Pulumi when the named or selected stack passes the policies", () => {
        const named = run("preview", "-s", "dev", "--diff");
        expect(named.stdout, named.stderr).to.include("stack dev: ").and.to.include("asked: preview -s dev --diff");
        const selected = run("up", "--yes");
        expect(selected.stdout, selected.stderr).to.include("stack prod: ").and.to.include("asked: up --yes");
    });

    it("name the variable for an installed tool, where it can neither be found nor fetched, and start nothing", () => {
        const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/pulumi.ts", "up", "-s", "dev"], {
            // Nothing is fetched from a proxy that does not exist.
            env: { PATH: "/nowhere", PULUMI_HOME: copy, NODE_USE_ENV_PROXY: "1", HTTPS_PROXY: "http://127.0.0.1:1" },
            encoding: "utf8",
        });
        expect(status).to.equal(2);
        expect(stderr.trim().split("\n"), stderr).to.have.length(1);
        expect(stderr).to.include("PULUMI_HOME").and.to.include("PULUMI_VERSION").and.to.include("cannot be fetched");
        expect(stdout).to.equal("");
    });

    it("print in one sentence that Node reads no TypeScript, by the program itself", () => {
        const start =
            'import("./components/main.js").then((main) => main.default()).catch((error) => console.log(error.message))';
        const run = (...flags: string[]) =>
            spawnSync(process.execPath, [...flags, "-e", start], { encoding: "utf8", env: {} }).stdout;
        expect(run("--no-experimental-strip-types")).to.match(
            /^Pulumi runs .* put Node 22\.18 or later on the PATH.*\n$/,
        );
        const { main, engines } = JSON.parse(readFileSync("package.json", "utf8"));
        expect(main).to.equal("components/main.js");
        expect(engines.node).to.equal(">=22.18");
    });

    it("name what breaks a policy, and start nothing", () => {
        appendFileSync(join(copy, "index.ts"), 'new aws.sqs.Queue("plain", { messageRetentionSeconds: 60 });\n');
        const { status, stdout, stderr } = run("up", "-s", "dev");
        expect(status).to.equal(1);
        expect(stderr)
            .to.include("encrypted-at-rest: plain is not encrypted")
            .and.to.include("retention: plain may lose");
        expect(stdout).not.to.include("asked:");
    });
});
