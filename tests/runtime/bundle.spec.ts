import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";
import { replacedFiles } from "../../components/parts/awsSdkTrim.ts";
import { Aws, Refusal } from "./support/aws.ts";
import { bundleOf } from "./support/bundles.ts";
import { Database } from "./support/database.ts";
import { cartBody, httpRequest, meta, orderReceivedEvent, sqsRecord } from "./support/events.ts";
import { RunningFunction } from "./support/function.ts";

describe("the bundles of the callbacks", () => {
    let database: Database;
    let aws: Aws;
    let environment: Record<string, string>;
    const running: RunningFunction[] = [];

    before(async () => {
        database = await Database.start();
        aws = await Aws.start(database.url);
        environment = {
            ...aws.environment,
            ORDERS_QUEUE_URL: `${aws.url}/000000000000/orders`,
            ORDERS_TABLE: "orders",
            DOCUMENTS_BUCKET: "documents",
            EFFECTS_TABLE: "effects",
            HISTORY_DAYS: "0",
            EVENT_BUS_NAME: "order-bus",
            REJECTED_QUEUE_URL: `${aws.url}/000000000000/rejected`,
            FRONT: "lambda",
        };
    });
    after(async () => {
        await Promise.all(running.map((each) => each.stop()));
        await aws?.stop();
        await database?.stop();
    });

    async function start(entry: string): Promise<RunningFunction> {
        const started = await RunningFunction.start(entry, environment);
        running.push(started);
        return started;
    }

    it("replace files that the AWS SDK still has", () => {
        for (const file of replacedFiles) expect(existsSync(join("node_modules", file)), file).to.equal(true);
    });

    it("are small where a client waits for the first answer", async () => {
        const { size } = await stat(await bundleOf("orderIntake/receive"));

        expect(size).to.be.lessThan(215_000);
    });

    it("take orders", async () => {
        const receive = await start("orderIntake/receive");

        const answer = await receive.invoke(httpRequest({ body: JSON.stringify(cartBody) }));

        expect(answer).to.include({ statusCode: 202 });
        expect(aws.inputs("SendMessage")).to.have.length(1);
    });

    it("refuse another order under an id that is taken, by what they load then", async () => {
        const [receive, store] = [await start("orderIntake/receive"), await start("orderIntake/store")];
        const order = { ...cartBody, orderId: "taken" };
        await store.invoke({ Records: [sqsRecord("m-1", order, { orderId: "taken", ...meta })] });

        const again = await receive.invoke(httpRequest({ body: JSON.stringify(order) }));
        const other = await receive.invoke(httpRequest({ body: JSON.stringify({ ...order, total: 1 }) }));

        expect(again).to.include({ statusCode: 202 });
        expect(other).to.include({ statusCode: 409 });
    });

    it("write confirmations", async () => {
        const document = await start("orderIntake/document");

        await document.invoke(orderReceivedEvent({ ...cartBody, lines: [], meta }));

        expect(aws.inputs("PutObject")[0]?.["body"]).to.match(/^%PDF-/);
    });

    it("tell where an error arose by lines of the sources, also where Node does not read the map", async () => {
        aws.answers("SendMessage", () => new Refusal("AccessDenied", 403));
        const receive = await start("orderIntake/receive");

        const answer = await receive.invoke(httpRequest({ body: JSON.stringify(cartBody) }));

        expect(answer).to.include({ statusCode: 503 });
        const { error } = receive.log.find(({ level }) => level === "error") ?? {};
        expect(error)
            .to.have.property("stack")
            .that.matches(/\(receive\.ts:\d+:\d+\)/);
        expect(error).to.have.property("stack").that.does.not.include(".mjs:");
    });

    it("let the receiver start without the parts of Node that cost time", async () => {
        const program = `await import(${JSON.stringify(pathToFileURL(await bundleOf("orderIntake/receive")).href)});
            console.log(JSON.stringify(process.moduleLoadList));
            process.exit();`;
        const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program], {
            env: environment,
        });

        const loaded: string[] = JSON.parse(stdout);
        expect(loaded).to.include("NativeModule https");
        expect(await readFile(await bundleOf("orderIntake/receive"), "utf8")).not.to.include("com.amazonaws.dynamodb");
        for (const part of ["undici", "webcrypto", "webstreams", "readline", "zlib", "http2"]) {
            expect(
                loaded.filter((name) => name.includes(part)),
                part,
            ).to.deep.equal([]);
        }
    });
});
