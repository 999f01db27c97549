import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { DynamoDBClient, ListTablesCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { expect } from "chai";

const bin = join(import.meta.dirname, "../bin.js");

describe("The example program", () => {
    let child: ChildProcess;
    let state: string;

    before(() => {
        state = mkdtempSync(join(tmpdir(), "example-"));
    });
    after(async () => {
        if (child.exitCode === null && child.kill("SIGINT")) await once(child, "exit");
        rmSync(state, { recursive: true, force: true });
    });

    it("runs from its own folder: what is posted comes through queue and functions into the table", async () => {
        const [PORT, LOCAL_AWS_PORT] = [await freePort(), await freePort()];
        child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", bin], {
            cwd: join(import.meta.dirname, "../example"),
            env: { PATH: process.env["PATH"], PORT, LOCAL_AWS_PORT, LOCAL_STATE_DIR: state },
            stdio: ["ignore", "pipe", "inherit"],
        });
        if (child.stdout === null) throw new Error("no output");
        let url: string | undefined;
        const lines: string[] = [];
        for await (const line of createInterface({ input: child.stdout })) {
            lines.push(line);
            url = /^ready (.*)/.exec(line)?.[1];
            if (url !== undefined) break;
        }
        child.stdout.resume();
        expect(url, lines.join("\n")).to.equal(`http://127.0.0.1:${PORT}`);

        const posted = await fetch(`${url}/notes`, { method: "POST", body: "milk" });
        expect(posted.status).to.equal(202);
        const dynamo = new DynamoDBClient({
            endpoint: `http://127.0.0.1:${LOCAL_AWS_PORT}`,
            region: "eu-west-1",
            credentials: { accessKeyId: "local", secretAccessKey: "local" },
        });
        const { TableNames: [TableName] = [] } = await dynamo.send(new ListTablesCommand());
        let stored: unknown;
        while (stored === undefined) {
            await delay(50);
            const { Items = [] } = await dynamo.send(new ScanCommand({ TableName }));
            stored = Items[0]?.["text"];
        }
        expect(stored).to.deep.equal({ S: "milk" });
        dynamo.destroy();
    });
});

async function freePort(): Promise<string> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    server.close();
    await once(server, "close");
    if (address === null || typeof address === "string") throw new Error("no port");
    return String(address.port);
}
