import { expect } from "chai";
import { Anchors } from "../../tools/operator/auditAnchors.ts";
import { Verification } from "../../tools/operator/auditVerification.ts";
import { Refusal } from "./support/aws.ts";
import { Database } from "./support/database.ts";
import { sqsRecord } from "./support/events.ts";
import { deliveryItem, endpointId, endpointItem, owner, takeBatches, wakeUpsIn } from "./support/outbound.ts";
import { type Asking, callRoute } from "./support/routes.ts";
import { started, startedAws, startedCallback } from "./support/started.ts";

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

describe("replays: deliveries by a filter, in the background", () => {
    const database = started(new Database());
    const aws = startedAws(database, (own) => takeBatches(own));
    const api = startedCallback(aws, "webhookFanout/replays");
    const pages = startedCallback(aws, "webhookFanout/replayPage");
    beforeEach(async () => {
        await database.clear("endpoints", "deliveries", "audit", "event-types");
        await database.put("endpoints", { ...endpointItem() });
    });

    interface Options extends Asking {
        readonly replayId?: string;
    }
    async function call(route: string, { replayId, ...asking }: Options = {}) {
        const parameters = { id: endpointId, ...(replayId !== undefined && { replayId }) };
        const { statusCode: status, headers, json } = await callRoute(api, route, { ...owner, ...asking, parameters });
        return { status, headers, json };
    }
    const all = "/webhook_endpoints/{id}/replays";
    const one = `${all}/{replayId}`;
    const begin = (body: object = {}, options: Options = {}) =>
        call(`POST ${all}`, { body: { since: minutesAgo(1000), ...body }, ...options });
    const read = async (replayId: string) => (await call(`GET ${one}`, { replayId })).json;

    /** Deliveries, each a minute after the one before. */
    async function given(count: number, over: (index: number) => object = () => ({})) {
        await database.putAll(
            "deliveries",
            Array.from({ length: count }, (_, index) =>
                deliveryItem({
                    deliveryId: `evt_${String(index).padStart(4, "0")}`,
                    status: "exhausted",
                    occurredAt: minutesAgo(900 - index),
                    attempts: 8,
                    ...over(index),
                }),
            ),
        );
    }
    const asks = async () =>
        (await database.all("deliveries"))
            .filter(({ deliveryId }) => String(deliveryId).startsWith("evt_"))
            .sort((a, b) => (String(a["deliveryId"]) < String(b["deliveryId"]) ? -1 : 1))
            .map(({ asks: times = 0 }) => times);
    const messages = () => aws.messages.filter(({ url }) => url.endsWith("/webhook-replays"));
    const run = (content: unknown) => pages.invoke({ Records: [sqsRecord("m-1", content, { correlationId: "c-1" })] });
    /** Works through the queue, each message as often as it is said. */
    async function runAll(copies = 1): Promise<void> {
        for (let next = 0; next < messages().length; next += 1)
            for (let copy = 0; copy < copies; copy += 1)
                expect(await run(messages()[next]?.content)).to.deep.equal({ batchItemFailures: [] });
    }
    const tellings = async () =>
        (await database.all("audit")).filter(({ messageType }) => messageType === "deliveries-replayed");

    it("make what matches due once, page by page, show progress, and are told in the audit trail", async () => {
        await given(250, (index) => ({
            ...(index % 5 === 0 && { status: "delivered" }),
            ...(index % 5 === 1 && { eventType: "order.received.v1" }),
            ...(index >= 200 && { occurredAt: minutesAgo(10) }),
        }));
        const filter = { types: ["checkout_session.*"], until: minutesAgo(60) };
        const { status, json, headers } = await begin(filter);
        expect(status).to.equal(202);
        expect(json).to.include({ endpointId, status: "running", found: 0, replayed: 0 });
        expect(headers["location"]).to.match(new RegExp(`/${json.id}$`));
        expect(await read(json.id)).to.deep.equal(json);

        await run(messages()[0]?.content);
        expect(await read(json.id)).to.include({ status: "running", found: 100, replayed: 100 });
        await runAll();

        expect(await read(json.id)).to.include({ status: "done", found: 120, replayed: 120 });
        expect((await asks()).map((times, index) => [index, times]).filter(([, times]) => times === 1)).to.deep.equal(
            Array.from({ length: 200 }, (_, index) => [index, 1]).filter(([index = 0]) => index % 5 > 1),
        );
        expect(
            new Set(wakeUpsIn(aws).map(({ wakeUp }) => (wakeUp as { deliveryId: string }).deliveryId)).size,
        ).to.equal(120);
        const [row, ...more] = await tellings();
        expect(more).to.deep.equal([]);
        expect(row).to.have.nested.property("result.replayed", 120);
        expect(row).to.deep.include({ messageId: json.id });
        expect(row?.["result"]).to.include({ owner: "shop", endpointId, status: "done", types: "checkout_session.*" });
        const verification = new Verification(Date.now(), new Anchors());
        for (const item of await database.all("audit")) verification.add(item);
        expect(verification.findings()).to.deep.equal([]);
    });

    it("replay each delivery once and count it once, where an invocation dies in the middle and messages come twice", async () => {
        await given(230);
        const { json } = await begin({ statuses: ["exhausted", "delivered"] });
        const [first] = messages();
        for (const dies of ["UpdateItem", "SendMessageBatch", "SendMessage", "Query", "PutItem"]) {
            let calls = 0;
            // Half of the page is done by then.
            aws.answers(dies, () =>
                ++calls === 40 || dies !== "UpdateItem" ? new Refusal("AccessDenied", 403) : undefined,
            );
            await run(messages().at(-1)?.content ?? first?.content);
            aws.reset();
            takeBatches(aws);
            // Meanwhile some are delivered again, and match again.
            const due = (await database.all("deliveries")).filter(({ status }) => status === "pending");
            for (const delivery of due.slice(0, 10))
                await database.put("deliveries", { ...delivery, status: "delivered" });
            await run(first?.content);
        }
        await run(first?.content);
        await runAll(2);
        expect(await read(json.id)).to.include({ status: "done", found: 230, replayed: 230 });
        expect(await asks()).to.deep.equal(Array(230).fill(1));
        expect(await tellings()).to.have.length(1);
    });

    it("go on where the answer to a write is lost, which the SDK sends again", async () => {
        await given(250);
        const { json } = await begin();
        let lost = 0;
        aws.answers("UpdateItem", async (input) => {
            if (!JSON.stringify(input["Key"]).includes("replay#") || lost++ % 2 === 1) return undefined;
            await aws.forward("UpdateItem", input);
            return new Refusal("InternalServerError", 500);
        });
        await runAll();
        expect(lost).to.be.greaterThan(10);
        expect(await read(json.id)).to.include({ status: "done", found: 250, replayed: 250 });
    });

    it("go on by any copy of a message, also at the same time", async () => {
        await given(150);
        const { json } = await begin();
        const [first] = messages();
        const content = first?.content;
        for (let count = 0; count < 4; count += 1) {
            const Records = ["m-1", "m-2", "m-3"].map((id) => sqsRecord(id, content, { correlationId: "c-1" }));
            expect(await pages.invoke({ Records })).to.deep.equal({ batchItemFailures: [] });
        }
        expect(await read(json.id)).to.include({ status: "done", found: 150, replayed: 150 });
        expect(await asks()).to.deep.equal(Array(150).fill(1));
    });

    it("are cancelled by their owner: what is done stays, and no more is done", async () => {
        await given(250);
        const { json } = await begin();
        await run(messages()[0]?.content);
        const { status, json: cancelled } = await call(`DELETE ${one}`, { replayId: json.id });
        expect([status, cancelled.status, cancelled.replayed]).to.deep.equal([200, "cancelled", 100]);
        await runAll();
        expect((await asks()).filter((times) => times === 1)).to.have.length(100);
        expect((await tellings()).map(({ result }) => (result as { status: string }).status)).to.deep.equal([
            "cancelled",
        ]);
        expect((await call(`DELETE ${one}`, { replayId: json.id })).json.status).to.equal("cancelled");
    });

    it("stop where the endpoint is disabled, and begin at none that is", async () => {
        await given(150);
        const { json } = await begin();
        await run(messages()[0]?.content);
        await database.put("endpoints", { ...endpointItem({ status: "disabled" }) });
        expect((await begin()).status).to.equal(409);
        await runAll();
        expect(await read(json.id)).to.include({
            status: "stopped",
            stoppedBecause: "the endpoint is disabled",
            replayed: 100,
        });
        expect(await tellings()).to.have.length(1);
    });

    it("are forgotten where the endpoint is gone", async () => {
        await begin();
        await database.clear("endpoints", "deliveries");
        await runAll();
        expect(await database.all("deliveries")).to.deep.equal([]);
    });

    it("are begun by a message alone: the request may have died before it could say so", async () => {
        await given(3);
        const { json } = await begin();
        const others = (await database.all("deliveries")).filter(({ replayId }) => replayId === undefined);
        await database.clear("deliveries");
        await database.putAll("deliveries", others);
        await runAll();
        expect(await read(json.id)).to.include({ status: "done", replayed: 3 });
        aws.answers("SendMessage", () => new Refusal("AccessDenied", 403));
        expect((await begin()).status).to.equal(503);
        expect((await call(`GET ${all}`)).json.replays).to.have.length(1);
    });

    it("are the same for the same Idempotency-Key, which takes no other body", async () => {
        const headers = { "idempotency-key": "k-1" };
        const body = { since: minutesAgo(100) };
        const { json } = await begin(body, { headers });
        expect((await begin(body, { headers })).json).to.deep.equal(json);
        expect((await begin({ ...body, types: ["*"] }, { headers })).status).to.equal(422);
        expect(messages()).to.have.length(1);
    });

    it("are of the endpoint's owner alone, listed page by page, and five at a time", async () => {
        const ids: string[] = [];
        for (let count = 0; count < 5; count += 1) ids.push((await begin()).json.id);
        expect((await begin()).status).to.equal(409);
        const first = (await call(`GET ${all}`, { query: { limit: "3" } })).json;
        const rest = (await call(`GET ${all}`, { query: { limit: "3", after: first.next } })).json;
        expect([...first.replays, ...rest.replays].map(({ id }: { id: string }) => id)).to.have.members(ids);
        expect(rest).not.to.have.property("next");
        const [replayId = ""] = ids;
        for (const [route, options] of [
            [`POST ${all}`, { body: { since: minutesAgo(1) } }],
            [`GET ${all}`, {}],
            [`GET ${one}`, { replayId }],
            [`DELETE ${one}`, { replayId }],
        ] as const)
            expect((await call(route, { ...options, caller: "another" })).status, route).to.equal(404);
        for (const wrong of ["rp_1", "evt_1", `rp_${"0".repeat(36)}`])
            expect((await call(`GET ${one}`, { replayId: wrong })).status, wrong).to.equal(404);
        expect((await call(`GET ${all}`, { query: { after: "rp_1" } })).status).to.equal(400);
    });

    it("take a leap second for the second before, as their beginning and as their end", async () => {
        const yesterday = (time: string) => `${minutesAgo(24 * 60).slice(0, 10)}T${time}`;
        const { status, json } = await begin({ since: yesterday("23:59:60Z"), until: yesterday("23:59:60.5z") });
        expect(status, JSON.stringify(json)).to.equal(202);
        expect(json).to.include({ since: yesterday("23:59:59.000Z"), until: yesterday("23:59:59.500Z") });
    });

    for (const [what, body, place] of [
        ["no time", { since: undefined }, "/since"],
        ["a time to come", { since: minutesAgo(-10) }, "/since"],
        ["a time too long ago", { since: minutesAgo(15 * 24 * 60) }, "/since"],
        ["an end before the beginning", { since: minutesAgo(5), until: minutesAgo(10) }, "/until"],
        ["a type that there is not", { types: ["shipment.*"] }, "/types/0"],
        ["a status that is never replayed", { statuses: ["pending"] }, "/statuses/0"],
        ["an unknown member", { after: "x" }, "/after"],
    ] as const)
        it(`are refused with ${what}`, async () => {
            const { status, json } = await begin(body);
            expect([status, json.errors?.[0]?.pointer], JSON.stringify(json)).to.deep.equal([400, place]);
            expect(messages()).to.deep.equal([]);
        });
});
