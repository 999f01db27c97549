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
        expect(reply).to.include({ error: "the connection was closed before an answer" });
        expect(receiver.received).to.have.length(1);
    });

    it("reports a refused connection", async () => {
        const receiver = await receiverThat(behaviours.healthy);
        const { url } = receiver;
        await receivers.pop()?.stop();

        const reply = await newSender().send({ url, headers: {}, body });

        expect(reply).to.deep.equal({ kind: "no answer", error: "the connection was refused" });
    });

    it("refuses a self-signed certificate", async () => {
        const receiver = await receiverThat(behaviours.healthy, "https");

        const reply = await post(receiver);

        expect(reply.kind).to.equal("no answer");
        expect(reply).to.include({ error: "the certificate is self-signed" });
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

        expect(reply).to.include({ error: "the certificate is for another name" });
        expect(receiver.received).to.deep.equal([]);
    });

    it("does not tell a name that does not resolve from one that resolves to private addresses", async () => {
        const found: LookupFunction = (_name, _options, done) => done(null, [{ address: "10.0.0.1", family: 4 }]);
        const missing: LookupFunction = (_name, _options, done) =>
            done(Object.assign(new Error("getaddrinfo ENOTFOUND db.internal"), { code: "ENOTFOUND" }), []);
        for (const lookup of [found, missing]) {
            const sender = newSender({ connections: { lookup } });
            const reply = await sender.send({ url: "https://db.internal/", headers: {}, body });
            const error = "the name db.internal does not resolve to public addresses only";
            expect(reply).to.deep.equal({ kind: "no answer", error });
        }
    });

    const head = "HTTP/1.1 200 OK\r\n";
    const long = `x-long: ${"x".repeat(100_000)}`;
    for (const [what, text, expected] of [
        ["two different lengths", `${head}content-length: 5\r\ncontent-length: 7\r\n\r\nhello`, {}],
        ["a doubled length", `${head}content-length: 5\r\ncontent-length: 5\r\n\r\nhello`, {}],
        ["a length and chunks", `${head}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`, {}],
        ["a length that is no number", `${head}content-length: five\r\n\r\nhello`, {}],
        ["very long headers", `${head}${long}\r\n${long}\r\n\r\n`, {}],
        ["line feeds alone", "HTTP/1.1 503 No\nretry-after: 9\n\n", { httpStatus: 503, retryAfter: "9" }],
        ["a header without a name", `${head}: nothing\r\n\r\n`, {}],
        ["spaces in a header's name", `${head}my name: x\r\nwebhook-delivery: disable\r\n\r\n`, { control: "disable" }],
        ["an end before the headers end", `${head}server: x`, {}],
        ["an interim answer before", `HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 410 Gone\nx\n\n`, { httpStatus: 410 }],
        ["more than its length", `${head}content-length: 2\r\n\r\nokay`, {}],
    ] as const) {
        it(`takes the status of an answer with ${what}, and closes the connection`, async () => {
            const receiver = await receiverThat((response) => void response.socket?.end(text));
            const sender = newSender();
            expect(await post(receiver, sender)).to.include({ kind: "answer", httpStatus: 200, ...expected });
            while ((await receiver.open()) > 0) await new Promise(setImmediate);
        });
    }

    for (const [what, headers] of [
        ["another protocol", "upgrade: websocket\r\nconnection: upgrade\r\n"],
        ["another protocol, and speaks it", "upgrade: h2c\r\nconnection: upgrade\r\n\r\nPRI * HTTP/2.0\r\n"],
        ["no protocol", ""],
    ] as const) {
        for (const end of ["write", "end"] as const) {
            it(`takes 101 to ${what} as the answer, and closes the connection (${end})`, async () => {
                const receiver = await receiverThat(
                    (response) => void response.socket?.[end](`HTTP/1.1 101 Switching Protocols\r\n${headers}\r\n`),
                );
                const sender = newSender();
                expect(await post(receiver, sender)).to.include({ kind: "answer", httpStatus: 101 });
                while ((await receiver.open()) > 0) await new Promise(setImmediate);
                receiver.behaviour = behaviours.healthy;
                expect(await post(receiver, sender)).to.include({ httpStatus: 200 });
            });
        }
    }

    it("takes the status of an answer whose headers do not end in time", async () => {
        const receiver = await receiverThat((response) => void response.socket?.write(`${head}server: x`));
        const reply = await post(receiver, newSender({ deadlineMs: 200 }));
        expect(reply).to.include({ kind: "answer", httpStatus: 200 });
    });

    it("has no answer where none is HTTP, or only an interim one came", async () => {
        for (const text of ["SSH-2.0-OpenSSH_9.6\r\n", "HTTP/1.1 102 Processing\r\n\r\n", "HTTP/1.1 2"]) {
            const receiver = await receiverThat((response) => void response.socket?.end(text));
            expect((await post(receiver)).kind).to.equal("no answer");
        }
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
