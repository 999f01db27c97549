import { type ChildProcess, execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { freePort } from "embedded-aws/freePort";
import { blocks } from "../../blocks.ts";
import { proof } from "../../proof.ts";
import { type Embedded, eventually } from "../embedded.ts";
import { shop } from "./cloud.ts";

const hasZsh = spawnSync("zsh", ["-c", "exit"]).error === undefined;
/** A page's commands can be given twice. */
const runs: readonly (readonly [shell: string, title: string, test: (title: string, test: () => unknown) => void])[] = [
    ["sh", "run in sh", it],
    hasZsh ? ["zsh", "run again in zsh", it] : ["sh", "run again in sh, zsh is not installed", proof],
];

// As printed: the blocks of a page one after the other.
describe("the commands of the docs", () => {
    const files = [...new Set(blocks.filter(({ mark }) => mark === "").map(({ file }) => file))];
    const receivers = new Set<ChildProcess>();
    let embedded: Embedded;
    let folder: string;

    before(async function () {
        folder = mkdtempSync(join(tmpdir(), "commerce-docs-"));
        embedded = await shop.open(this);
    });

    after(() => {
        for (const { pid } of receivers) if (pid !== undefined) process.kill(-pid, "SIGKILL");
        rmSync(folder, { recursive: true });
    });

    /** @param port of the shop's receiver; a tenant's receiver has one of its own. */
    function environment(port: number, tenantPort = port) {
        const [url, awsUrl] = [new URL(embedded.url), new URL(embedded.awsUrl)];
        const { PATH, NODE_COMPILE_CACHE } = process.env;
        const ports = {
            PORT: url.port,
            LOCAL_AWS_PORT: awsUrl.port,
            RECEIVER_PORT: String(port),
            TENANT_PORT: String(tenantPort),
        };
        // What an earlier run has left of its files means nothing to this one.
        return { PATH, NODE_COMPILE_CACHE, TMPDIR: folder, ...ports };
    }

    /** `npm run receiver` in a terminal of its own. */
    async function receiver(port: number) {
        const child = spawn("npm", ["run", "--silent", "receiver"], { env: environment(port), detached: true });
        receivers.add(child);
        let output = "";
        for (const stream of [child.stdout, child.stderr]) {
            stream.setEncoding("utf8").on("data", (text) => {
                output += text;
            });
        }
        const closed = once(child, "close").then(() => receivers.delete(child));
        await eventually(() => {
            if (receivers.has(child) && !output.includes("registered")) throw new Error("it is not registered");
        });
        if (!receivers.has(child)) throw new Error(`the receiver has ended: ${output}`);
        return {
            /** As Ctrl-C does. @returns all that it has printed */
            end: async () => {
                if (child.pid !== undefined) process.kill(-child.pid, "SIGINT");
                await closed;
                return output;
            },
        };
    }

    const run = (shell: string, script: string, port: number, tenantPort: number) =>
        new Promise<string>((resolve, reject) => {
            const options = { env: environment(port, tenantPort), timeout: 180_000, killSignal: "SIGKILL" } as const;
            execFile(shell, ["-euc", script], options, (error, stdout, stderr) =>
                error === null ? resolve(stdout) : reject(new Error(`${error.message}\n${stdout}\n${stderr}`)),
            );
        });

    for (const file of files) {
        for (const [shell, title, test] of runs) {
            test(`${title}: ${file}`, async () => {
                const own = blocks.filter((block) => block.file === file);
                const script = own
                    .filter(({ mark }) => mark === "")
                    .map(({ text }) => text)
                    .join("\n");
                const port = await freePort();
                const receives = own.some(({ mark, text }) => mark === "terminal" && /npm run receiver/.test(text));
                const received = receives ? await receiver(port) : undefined;
                await run(shell, script, port, await freePort());
                if (received === undefined) return;
                const output = await received.end();
                expect(output)
                    .to.include(" verified\n")
                    .and.to.include("deleted ep_")
                    .and.not.to.include("NOT VERIFIED");
            });
        }
    }
});
