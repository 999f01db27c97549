import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect } from "chai";
import { freePort } from "embedded-aws/freePort";

/** A bundle that keeps its process alive. */
const listening = `
    import { createServer } from "node:http";
    const server = createServer((_, response) => response.end()).listen(process.env.PORT, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    export const handler = async () => {};`;

const answers = (url: string) =>
    fetch(url).then(
        () => true,
        () => false,
    );

describe("the database and the functions of a test", () => {
    const folder = mkdtempSync(join(tmpdir(), "children-"));
    after(() => rmSync(folder, { recursive: true, force: true }));

    for (const signal of ["SIGKILL", "SIGTERM", "SIGINT"] as const) {
        it(`end with the process that started them, when ${signal} ends it`, async () => {
            const bundle = join(folder, "listening.mjs");
            writeFileSync(bundle, listening);
            const port = String(await freePort());
            const script = join(import.meta.dirname, "support/holdChildren.ts");
            const args = ["--disable-warning=ExperimentalWarning", script, bundle, port];
            const holder = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"], detached: true });
            try {
                const [line] = await once(holder.stdout, "data");
                const urls = [String(line).trim(), `http://127.0.0.1:${port}`];
                for (const url of urls) expect(await answers(url), url).to.equal(true);
                // Ctrl-C reaches the whole group.
                if (signal === "SIGINT") process.kill(-Number(holder.pid), signal);
                else holder.kill(signal);
                for (const url of urls) while (await answers(url)) await setTimeout(10);
            } finally {
                holder.kill("SIGKILL");
            }
        });
    }
});
