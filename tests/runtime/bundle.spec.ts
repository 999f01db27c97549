import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";
import { replacedFiles } from "../../components/parts/awsSdkTrim.ts";
import type { Sdk } from "../../components/parts/context.ts";
import { leanFiles } from "../../components/parts/leanAws.ts";
import { Refusal } from "./support/aws.ts";
import { bundleOf } from "./support/bundles.ts";
import { Database } from "./support/database.ts";
import { cartBody, httpRequest, meta, sqsRecord } from "./support/events.ts";
import { environmentOf, started, startedAws, startedCallback } from "./support/started.ts";

describe("the bundles of the callbacks", () => {
    const database = started(new Database());
    const aws = startedAws(database);
    const receive = startedCallback(aws, "orderIntake/receive");
    const store = startedCallback(aws, "orderIntake/store", { FRONT: "lambda" });

    it("replace and take only files that exist in the AWS SDK", () => {
        for (const file of [...replacedFiles, ...leanFiles])
            expect(existsSync(join("node_modules", file)), file).to.equal(true);
    });

    it("are small where a client waits for the first answer", async () => {
        const sizeWith = async (sdk: Sdk) => (await stat(await bundleOf("orderIntake/receive", sdk))).size;

        expect(await sizeWith("lean")).to.be.lessThan(60_000);
        expect(await sizeWith("full")).to.be.lessThan(215_000);
    });

    it("load the code that refuses another order under a used id", async () => {
        const order = { ...cartBody, orderId: "taken" };
        await store.invoke({ Records: [sqsRecord("m-1", order, { orderId: "taken", ...meta })] });

        const again = await receive.invoke(httpRequest({ body: JSON.stringify(order) }));
        const other = await receive.invoke(httpRequest({ body: JSON.stringify({ ...order, total: 1 }) }));

        expect(again).to.include({ statusCode: 202 });
        expect(other).to.include({ statusCode: 409 });
    });

    it("give the source line of an error, also where Node does not read the source map", async () => {
        aws.answers("SendMessage", () => new Refusal("AccessDenied", 403));
        const answer = await receive.invoke(httpRequest({ body: JSON.stringify(cartBody) }));

        expect(answer).to.include({ statusCode: 503 });
        const { error } = receive.log.find(({ level }) => level === "error") ?? {};
        expect(error)
            .to.have.property("stack")
            .that.matches(/\(receive\.ts:\d+:\d+\)/);
        expect(error).to.have.property("stack").that.does.not.include(".mjs:");
    });

    for (const sdk of ["lean", "full"] as const) {
        it(`let the receiver start without the slow modules of Node (${sdk})`, async () => {
            const file = await bundleOf("orderIntake/receive", sdk);
            const program = `await import(${JSON.stringify(pathToFileURL(file).href)});
                console.log(JSON.stringify(process.moduleLoadList));
                process.exit();`;
            const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program], {
                env: environmentOf(aws),
            });

            const loaded: string[] = JSON.parse(stdout);
            expect(loaded).to.include("NativeModule http");
            expect(await readFile(file, "utf8")).not.to.include("com.amazonaws.dynamodb");
            for (const part of ["undici", "webcrypto", "webstreams", "readline", "zlib", "http2"]) {
                expect(
                    loaded.filter((name) => name.includes(part)),
                    part,
                ).to.deep.equal([]);
            }
        });
    }
});
