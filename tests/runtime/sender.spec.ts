import type { LookupFunction } from "node:net";
import { expect } from "chai";
import { cert } from "../../bench/functions/certificate.ts";
import { Sender } from "../../runtime/webhookFanout/delivery/sender.ts";
import { type Behaviour, behaviours, Receiver } from "./support/receiver.ts";

describe("sending", () => {
    const receivers: Receiver[] = [];
    const senders: Sender[] = [];
    const body = '{"type":"order_create","data":{"name":"Jö"}}';

    async function receiverThat(behaviour: Behaviour, scheme?: "http" | "https"): Promise<Receiver> {
        const receiver = await Receiver.start(behaviour, scheme);
        receivers.push(receiver);
        return receiver;
    }
    function newSender(over: Partial<ConstructorParameters<typeof Sender>[0]> = {}): Sender {
        const sender = new Sender({ allowed: ["127.0.0.1"], ...over });
        senders.push(sender);
        return sender;
    }
    const post = (receiver: Receiver, sender = newSender()) =>
        sender.send({ url: receiver.url, headers: { "content-type": "application/json", "x-own": "1" }, body });

    afterEach(async () => {
        for (const sender of senders.splice(0)) sender.close();
        await Promise.all(receivers.splice(0).map((receiver) => receiver.stop()));
    });

    it("posts the body and the headers unchanged, and returns the answer", async () => {
        const receiver = await receiverThat(behaviours.answering(202, { "retry-after": "7" }, "taken"));

        expect(await post(receiver)).to.deep.equal({
            kind: "answer",
            httpStatus: 202,
            response: "taken",
            retryAfter: "7",
        });
        const [{ method, path, headers, body: got } = { headers: {} }] = receiver.received;
        expect({ method, path, got }).to.deep.equal({ method: "POST", path: "/hooks", got: body });
        expect(headers).to.include({ "content-type": "application/json", "x-own": "1" });
        expect(headers["content-length"]).to.equal(String(Buffer.byteLength(body)));
    });

    it("returns the receiver's headers about its deliveries", async () => {
        const receiver = await receiverThat(behaviours.answering(500, { "Webhook-Delivery": "disable" }));

        expect(await post(receiver)).to.include({ httpStatus: 500, control: "disable" });
    });

    for (const status of [301, 302, 307, 308]) {
        it(`does not follow a ${status}`, async () => {
            const other = await receiverThat(behaviours.healthy);
            const receiver = await receiverThat(behaviours.answering(status, { location: other.url }));

            expect(await post(receiver)).to.include({ kind: "answer", httpStatus: status });
            expect(other.connections).to.equal(0);
        });
    }

    it("waits for a slow receiver within the deadline", async () => {
        const receiver = await receiverThat(behaviours.slow(150));

        expect(await post(receiver)).to.include({ httpStatus: 200, response: "at last" });
    });

    it("ends the request to a hanging receiver at the deadline, and closes the connection", async () => {
        const receiver = await receiverThat(behaviours.hanging);

        const reply = await post(receiver, newSender({ deadlineMs: 200 }));

        expect(reply).to.deep.equal({ kind: "timeout", error: "no answer within 0.2 s" });
        while ((await receiver.open()) > 0) await new Promise(setImmediate);
    });

    it("uses the status of an incomplete answer", async () => {
        const receiver = await receiverThat(behaviours.endless);

        const reply = await post(receiver, newSender({ deadlineMs: 200 }));

        expect(reply).to.deep.equal({ kind: "answer", httpStatus: 200, response: "the beginning" });
    });

    it("keeps 20,000 bytes of a huge answer, and reads no more", async () => {
        const receiver = await receiverThat(behaviours.huge);

        const reply = await post(receiver);

        expect(reply).to.deep.equal({ kind: "answer", httpStatus: 200, response: "x".repeat(20_000) });
        while ((await receiver.open()) > 0) await new Promise(setImmediate);
    });

    it("reports a reset connection", async () => {
        const receiver = await receiverThat(behaviours.resetting);

        const reply = await post(receiver);

        expect(reply.kind).to.equal("no answer");
        expect(JSON.stringify(reply)).to.match(/ECONNRESET|socket hang up/);
        expect(receiver.received).to.have.length(1);
    });

    it("reports a refused connection", async () => {
        const receiver = await receiverThat(behaviours.healthy);
        const { url } = receiver;
        await receivers.pop()?.stop();

        const reply = await newSender().send({ url, headers: {}, body });

        expect(JSON.stringify(reply)).to.contain("ECONNREFUSED");
    });

    it("refuses a self-signed certificate", async () => {
        const receiver = await receiverThat(behaviours.healthy, "https");

        const reply = await post(receiver);

        expect(reply.kind).to.equal("no answer");
        expect(JSON.stringify(reply)).to.match(/self-signed certificate/);
        expect(receiver.received).to.deep.equal([]);
    });

    it("accepts a certificate of a trusted authority", async () => {
        const receiver = await receiverThat(behaviours.healthy, "https");

        expect(await post(receiver, newSender({ connections: { ca: cert } }))).to.include({ httpStatus: 200 });
    });

    it("refuses a certificate for another name", async () => {
        const receiver = await receiverThat(behaviours.healthy, "https");
        const lookup: LookupFunction = (_name, _options, done) => done(null, [{ address: "127.0.0.1", family: 4 }]);
        const sender = newSender({ connections: { ca: cert, lookup } });

        const reply = await sender.send({ url: `https://another.test:${receiver.port}/`, headers: {}, body });

        expect(JSON.stringify(reply)).to.match(/does not match|altnames/);
        expect(receiver.received).to.deep.equal([]);
    });

    it("uses a connection again", async () => {
        const receiver = await receiverThat(behaviours.healthy);
        const sender = newSender();

        for (let count = 0; count < 5; count += 1) await post(receiver, sender);

        expect(receiver.received).to.have.length(5);
        expect(receiver.connections).to.equal(1);
    });

    it("retries over a new connection when the receiver had closed the old one", async () => {
        const sender = newSender();
        const receiver = await receiverThat((response, _, count) => {
            if (count === 2) behaviours.resetting(response);
            else behaviours.healthy(response);
        });

        expect(await post(receiver, sender)).to.include({ httpStatus: 200 });
        expect(await post(receiver, sender)).to.include({ httpStatus: 200 });

        expect(receiver.connections).to.equal(2);
    });

    it("sends to many receivers at a time without one waiting for another", async () => {
        const sender = newSender({ deadlineMs: 400 });
        const hanging = await receiverThat(behaviours.hanging);
        const healthy = await receiverThat(behaviours.healthy);

        const stuck = Promise.all(Array.from({ length: 50 }, () => post(hanging, sender)));
        const replies = await Promise.all(Array.from({ length: 50 }, () => post(healthy, sender)));

        expect(replies.every((reply) => reply.kind === "answer")).to.equal(true);
        expect((await stuck).every(({ kind }) => kind === "timeout")).to.equal(true);
    });
});
