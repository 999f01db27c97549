import { CreateBucketCommand, DeleteBucketCommand, DeleteObjectCommand } from "@aws-sdk/client-s3";
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { documentsBucket } from "./effects.ts";
import { Embedded, endAll, eventually, run } from "./embedded.ts";
import { Agent } from "./shopping.ts";

interface Shown {
    readonly queue: string;
    readonly messageId: string;
    readonly failed: string;
    readonly error: string;
    readonly orderId?: string;
    readonly correlationId?: string;
}

describe("An operator of the embedded cloud", () => {
    let embedded: Embedded;
    /** The order that a session became. */
    let purchased = "";
    const at = () => ["--endpoint", embedded.awsUrl];
    const dlq = (...args: string[]) => run("dlq", [...args, ...at()]);
    const shown = async (...args: string[]): Promise<Shown[]> =>
        JSON.parse((await dlq("show", ...args, "--json")).output);

    /** The name of the queue, once something lies in it. */
    const fallenInto = (name: RegExp): Promise<string> =>
        eventually(async () => {
            const queues: { name: string; messages: unknown[] }[] = await embedded.look("queues");
            const queue = queues.find((each) => name.test(each.name) && each.messages.length > 0);
            if (queue === undefined) throw new Error(`nothing lies in ${name}`);
            return queue.name;
        });

    before(async () => {
        embedded = await Embedded.start({ environment: { LOCAL_WAIT_FACTOR: "0.005" } });
    });
    after(endAll);

    it("finds no fault in a healthy stack", async () => {
        const queue = `${embedded.awsUrl}/000000000000/order-notifications-queue-dev`;
        const { code, output } = await run("smoke", [embedded.url, "--queue", queue, "--json"]);
        const results: { name: string; outcome: string; words: string }[] = JSON.parse(output);
        expect(results.filter(({ outcome }) => outcome !== "good")).to.deep.equal([]);
        expect(results.map(({ name }) => name)).to.include.members([
            "order confirmed",
            "order in the queue",
            "session's order",
            "message published",
            "webhook delivered",
        ]);
        expect(results.find(({ name }) => name === "webhook delivered")?.words).to.include("its signature is right");
        purchased = results.find(({ name }) => name === "session completed")?.words ?? "";
        expect(code).to.equal(0);
        expect(await dlq()).to.include({ code: 0, errors: "" });
    });

    it("tries public routes without a key, and names the routes that need one and the command that makes it", async () => {
        const { code, output } = await run("smoke", [embedded.url, "--json"], { SMOKE_API_KEY: "" });
        const results: { name: string; outcome: string; words: string }[] = JSON.parse(output);
        const outcomes = new Map(results.map(({ name, outcome }) => [name, outcome]));
        expect(outcomes.get("order placed")).to.equal("good");
        expect(outcomes.get("order confirmed")).to.equal("good");
        expect(outcomes.get("session created")).to.equal("skipped");
        expect(results.find(({ name }) => name === "session created")?.words).to.include("npm run keys -- add smoke");
        expect(code).to.equal(0);
    });

    it("reports a message that does not reach the watched queue, and a queue that cannot be read", async () => {
        for (const name of ["ecommerce-orders-queue-dlq-dev", "no-such-queue"]) {
            const queue = `${embedded.awsUrl}/000000000000/${name}`;
            const { code, output } = await run("smoke", [embedded.url, "--queue", queue, "--wait", "5", "--json"]);
            const results: { name: string; outcome: string }[] = JSON.parse(output);
            expect(results.filter(({ outcome }) => outcome === "failed")).to.have.length(1);
            expect(results.find(({ name }) => name === "order in the queue")?.outcome, name).to.equal("failed");
            expect(code).to.equal(1);
        }
    });

    it("reads the whole timeline of a purchase, from its session to its order and webhooks", async () => {
        const { code, output } = await run("journey", [purchased.replace("ord_", "cs_"), "--json", ...at()]);
        const journey: { orderIds: string[]; entries: { where: string; what: string }[] } = JSON.parse(output);
        expect(code).to.equal(0);
        expect(journey.orderIds).to.deep.equal([purchased]);
        const said = journey.entries.map(({ where, what }) => `${where}: ${what}`).join("\n");
        for (const part of [
            "checkout-sessions-dev: version 1, created",
            "session-completer-dev",
            "order-notifications-dev",
            "order-store-dev: Order stored",
            "ecommerce-order-effects-dev: reservation is done: reserved",
            "webhook-dispatcher-dev",
        ]) {
            expect(said).to.include(part);
        }
    });

    it("sees on one screen why an order fails, redrives it when the cause is removed, and reads its timeline", async () => {
        const { s3 } = embedded.clients();
        const Bucket = await documentsBucket(embedded);
        for (const { key } of await embedded.look("objects")) {
            await s3.send(new DeleteObjectCommand({ Bucket, Key: key }));
        }
        await s3.send(new DeleteBucketCommand({ Bucket }));
        const answer = await embedded.post({ orderId: "poisoned", customer: "Ada", items: ["Widget"], total: 5 });
        const correlationId = answer.headers.get("x-correlation-id") ?? "";
        expect(answer.status).to.equal(202);
        const queue = await fallenInto(/document-failures/);
        const [letter, ...others] = await shown();
        expect(others).to.deep.equal([]);
        expect(letter).to.include({ queue, failed: "document-dev", orderId: "poisoned", correlationId });
        expect(letter?.error).to.include("NoSuchBucket");

        const list = await dlq();
        expect(list.code).to.equal(1);
        expect(list.output).to.match(new RegExp(`${queue} +1 .*document-dev`));
        const screen = await dlq("show", queue);
        expect(screen.code).to.equal(1);
        for (const part of [
            "NoSuchBucket",
            "document-dev",
            "poisoned",
            correlationId,
            "invokes document-dev with the same event",
        ]) {
            expect(screen.output).to.include(part);
        }
        expect(screen.output.split("\n").length).to.be.below(24);
        expect(screen.output).to.not.include("\u001b");
        const stuck = await run("journey", ["poisoned", ...at()]);
        expect(stuck.code).to.equal(1);
        expect(stuck.output).to.include(`npm run dlq -- show ${queue}`);

        await s3.send(new CreateBucketCommand({ Bucket }));
        s3.destroy();
        const dry = await dlq("redrive", queue, "--dry-run");
        expect(dry).to.include({ code: 0, errors: "" });
        expect(dry.output).to.include("would be redriven");
        const redriven = await dlq("redrive", queue);
        expect(redriven.output).to.include("poisoned").and.to.include("1 redriven");
        expect(redriven.code).to.equal(0);

        await eventually(async () => {
            const trace: { text: string }[] = await embedded.look("trace?correlationId=poisoned");
            expect(trace.some(({ text }) => text.includes("Document generated"))).to.equal(true);
        });
        const story = await run("journey", ["poisoned", ...at()]);
        const lines = story.output.split("\n");
        const places = [
            ["commerce-dev", "POST /orders answered 202"],
            ["order-store-dev", "Order stored"],
            ["document-dev", "ERROR", "NoSuchBucket"],
            [queue, "redrive begun by arn:aws:iam::000000000000:root"],
            [queue, "redrive sent"],
            ["document-dev", "Document generated"],
        ].map((parts) => lines.findIndex((line) => parts.every((part) => line.includes(part))));
        expect(places).to.not.include(-1);
        expect(places).to.deep.equal([...places].sort((one, other) => one - other));
        expect(story.output).to.include("no dead letters");
        expect(story.code).to.equal(0);
    });

    it("reads the reason of a dead-letter message without one in the function's log", async () => {
        const { sqs } = embedded.clients();
        const QueueUrl = `${embedded.awsUrl}/000000000000/ecommerce-orders-queue-dev`;
        await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "this is no order" }));
        sqs.destroy();
        const [letter] = await shown(await fallenInto(/orders-queue-dlq/));
        expect(letter).to.include({ failed: "order-store-dev" });
        expect(letter?.error).to.match(/^The order could not be stored: InvalidOrderError: .*JSON/);
    });

    it("gives a client a key for its scopes, changes it without a pause, and removes it", async () => {
        const keys = async (...args: string[]) => JSON.parse((await run("keys", [...args, "--json", ...at()])).output);
        const read = async (key: string) => (await new Agent(embedded.url, key).get("cs_none")).status;
        const first = await keys("add", "desk", "--scopes", "checkout");
        const listed = await run("keys", at());
        expect(listed).to.include({ code: 0, errors: "" });
        expect(listed.output)
            .to.match(new RegExp(`desk +${first.id} .*checkout`))
            .and.not.to.include(first.key);
        await eventually(async () => expect(await read(first.key)).to.equal(404));

        const second = await keys("add", "desk");
        expect(second).to.deep.include({ client: "desk", scopes: ["checkout"] });
        await eventually(async () => expect(await read(second.key)).to.equal(404));
        expect(await read(first.key)).to.equal(404);
        await keys("remove", "desk", "--key", first.id);
        // An unknown key makes callbacks look at the secret again, at most once a second.
        await eventually(async () => {
            expect(await read("unknown")).to.equal(401);
            expect(await read(first.key)).to.equal(401);
        });
        expect(await read(second.key)).to.equal(404);

        await keys("remove", "desk");
        expect((await keys()).map(({ client }: { client: string }) => client)).to.deep.equal(["local"]);
        const { secrets } = embedded.clients();
        const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: "commerce-api-keys-dev" }));
        secrets.destroy();
        expect(SecretString).not.to.include("local-key");
        for (const args of [
            ["add", "desk"],
            ["add", "desk", "--scopes", "all"],
            ["remove", "desk"],
            ["make", "desk"],
        ]) {
            expect(await run("keys", [...args, ...at()]), args.join(" ")).to.include({ code: 2, output: "" });
        }
    });

    it("gets the usage for invalid arguments, and an error when no endpoint answers", async () => {
        const ended = await Promise.all([
            dlq("explain"),
            dlq("show", "unknown queue"),
            dlq("redrive", "ecommerce-orders-queue-dlq-dev", "--rate", "0"),
            run("journey", at()),
            run("smoke", ["nowhere"]),
            run("smoke", [embedded.url, "--queue", "notifications"]),
            run("dlq", ["--endpoint", "http://127.0.0.1:1"]),
        ]);
        expect(ended.map(({ code }) => code)).to.deep.equal(Array(7).fill(2));
        expect(ended.map(({ output }) => output)).to.deep.equal(Array(7).fill(""));
        const unknown = await run("journey", ["no-such-order", ...at()]);
        expect(unknown).to.include({ code: 1, errors: "" });
    });
});
