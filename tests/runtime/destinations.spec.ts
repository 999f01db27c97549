import dns from "node:dns";
import { once } from "node:events";
import { createServer } from "node:https";
import { syncBuiltinESMExports } from "node:module";
import type { AddressInfo } from "node:net";
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from "node:tls";
import { expect } from "chai";
import { cert, key } from "../../bench/functions/certificate.ts";
import { send } from "../../runtime/webhookFanout/authorizedRequests.lazy.ts";
import { send as sendToAws } from "../../runtime/webhookFanout/awsDestinations.lazy.ts";
import { attacks } from "./support/attacks.ts";
import { type Behaviour, behaviours, Receiver } from "./support/receiver.ts";

const posting = (url: string) => ({ url, headers: { "webhook-id": "evt_1" }, body: "{}", deadlineMs: 2000 });

describe("a delivery with a token by OAuth 2 client credentials", () => {
    const receivers: Receiver[] = [];
    let issued = 0;
    const token: Behaviour = (response) =>
        void response.end(
            JSON.stringify({ access_token: `token-${++issued}`, token_type: "Bearer", expires_in: 3600 }),
        );
    afterEach(() => Promise.all(receivers.splice(0).map((receiver) => receiver.stop())));

    async function receiverThat(behaviour: Behaviour): Promise<Receiver> {
        const receiver = await Receiver.start(behaviour);
        receivers.push(receiver);
        return receiver;
    }
    const oauth2 = (tokenUrl: string) =>
        ({ type: "oauth2", tokenUrl, clientId: "client:1", clientSecret: "s p", scope: "a b" }) as const;
    const sent = (receiver: Receiver, tokenUrl: string, allowed = "127.0.0.1") =>
        send({ ...posting(receiver.url), credentials: oauth2(tokenUrl) }, allowed);

    it("asks for a token as RFC 6749 says, once for many deliveries", async () => {
        const [authority, receiver] = [await receiverThat(token), await receiverThat(behaviours.healthy)];
        for (let count = 0; count < 3; count += 1)
            expect(await sent(receiver, authority.url)).to.include({ kind: "answer", httpStatus: 200 });
        expect(authority.only.body).to.equal("grant_type=client_credentials&scope=a+b");
        expect(authority.only.headers).to.include({
            authorization: `Basic ${Buffer.from("client%3A1:s%20p").toString("base64")}`,
            "content-type": "application/x-www-form-urlencoded",
        });
        const tokens = receiver.received.map(({ headers }) => headers.authorization);
        expect(new Set(tokens)).to.deep.equal(new Set([`Bearer token-${issued}`]));
        expect(receiver.ids).to.deep.equal(["evt_1", "evt_1", "evt_1"]);
    });

    it("takes another token when the receiver refuses one that it had, and one that is new only once", async () => {
        const [authority, receiver] = [await receiverThat(token), await receiverThat(behaviours.healthy)];
        await sent(receiver, authority.url);
        receiver.behaviour = (response, { headers }) =>
            void response.writeHead(headers.authorization === `Bearer token-${issued}` ? 200 : 401).end();
        issued += 1;
        expect(await sent(receiver, authority.url)).to.include({ httpStatus: 200 });
        receiver.behaviour = behaviours.answering(401);
        expect(await sent(receiver, authority.url)).to.include({ httpStatus: 401 });
        expect(authority.received).to.have.length(3);
    });

    for (const [what, behaviour, error] of [
        ["refuses", behaviours.answering(401), /the token URL gave no token \(HTTP 401\)/],
        ["redirects", behaviours.answering(302, { location: "http://127.0.0.1:1/" }), /gave no token \(HTTP 302\)/],
        [
            "gives no bearer token",
            behaviours.answering(200, {}, '{"access_token":"x","token_type":"mac"}'),
            /gave no token/,
        ],
        [
            "gives a token with a line break",
            behaviours.answering(200, {}, '{"access_token":"a\\nb","token_type":"Bearer"}'),
            /no token/,
        ],
        [
            "speaks another protocol",
            (response) =>
                void response.socket?.write(
                    "HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n",
                ),
            /gave no token \(HTTP 101\)/,
        ],
        ["hangs up", behaviours.resetting, /the token URL: the connection was closed/],
    ] as readonly [string, Behaviour, RegExp][])
        it(`fails without a request to the receiver when the authority ${what}`, async () => {
            const [authority, receiver] = [await receiverThat(behaviour), await receiverThat(behaviours.healthy)];
            const reply = await sent(receiver, authority.url);
            expect(reply.kind).to.equal("no answer");
            expect(reply).to.have.property("error").that.matches(error);
            expect(receiver.received).to.deep.equal([]);
        });

    it("asks no private address for a token, and sends none there", async () => {
        const [authority, receiver] = [await receiverThat(token), await receiverThat(behaviours.healthy)];
        for (const host of ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "10.0.0.1"]) {
            const reply = await sent(receiver, `https://${host}:${authority.port}/`, "::1");
            expect(reply, host).to.include({ kind: "no answer" });
        }
        expect(authority.connections + receiver.connections).to.equal(0);
    });
});

describe("a delivery with credentials, to an address that is not public", () => {
    let receiver: Receiver;
    let authority: Receiver;
    const issues: Behaviour = (response) => void response.end('{"access_token":"token","token_type":"Bearer"}');
    const oauth2 = (tokenUrl: string) => ({ type: "oauth2", tokenUrl, clientId: "a", clientSecret: "b" }) as const;
    before(async () => {
        receiver = await Receiver.start(behaviours.healthy, "https");
        authority = await Receiver.start(issues);
        // From now on there is a token for it.
        await send({ ...posting(authority.url), credentials: oauth2(authority.url) }, "127.0.0.1");
    });
    after(async () => {
        await receiver?.stop();
        await authority?.stop();
    });

    for (const [what, address] of attacks)
        it(`is not made to ${what}, by any kind of credentials, nor is a token asked for there: ${address}`, async () => {
            const url = address.replace("<port>", String(receiver.port));
            const mtls = { type: "mtls", certificate: cert, key } as const;
            for (const one of [
                { ...posting(url), credentials: mtls },
                { ...posting(url), credentials: oauth2(authority.url) },
                { ...posting("https://shop.example/"), credentials: oauth2(url) },
            ]) {
                const reply = await send(one, "");
                expect(reply.kind).to.equal("no answer");
                expect(JSON.stringify(reply)).to.match(/is not public/);
            }
            expect(receiver.connections).to.equal(0);
        });
});

describe("a delivery with a client certificate", () => {
    const usual = getCACertificates();
    // The receiver's certificate is self-signed.
    before(() => setDefaultCACertificates([...usual, cert]));
    after(() => setDefaultCACertificates(usual));

    it("is accepted by a server that demands one, which no other delivery is", async () => {
        const peers: string[] = [];
        const server = createServer({ key, cert, ca: cert, requestCert: true, rejectUnauthorized: true });
        server.on("request", (request, response) => {
            peers.push(String((request.socket as TLSSocket).getPeerX509Certificate()?.fingerprint256));
            response.end("ok");
        });
        server.listen(0, "127.0.0.1");
        await once(server, "listening");
        // A server that listens on a port has an address of this form.
        const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
        try {
            const credentials = { type: "mtls", certificate: cert, key } as const;
            expect(await send({ ...posting(url), credentials }, "127.0.0.1")).to.include({ httpStatus: 200 });
            expect(peers).to.have.length(1);
            const { Sender } = await import("../../runtime/webhookFanout/delivery/sender.ts");
            const without = new Sender({ allowed: ["127.0.0.1"] });
            expect((await without.send(posting(url))).kind).to.equal("no answer");
            without.close();
            expect(peers).to.have.length(1);
        } finally {
            server.closeAllConnections();
            server.close();
        }
    });
});

describe("a delivery to an owner's account", () => {
    const { lookup } = dns;
    const { env } = process;
    const fails = (code: string) => {
        const failing = (hostname: string, ...rest: readonly unknown[]) => {
            const done = rest.at(-1) as (error: Error) => void;
            done(Object.assign(new Error(`getaddrinfo ${code} ${hostname}`), { code, hostname }));
        };
        Object.assign(dns, { lookup: failing });
        syncBuiltinESMExports();
    };
    before(() => {
        process.env = { ...env, AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b", AWS_MAX_ATTEMPTS: "1" };
        delete process.env["AWS_ENDPOINT_URL"];
    });
    after(() => {
        process.env = env;
        Object.assign(dns, { lookup });
        syncBuiltinESMExports();
    });
    const toRegion = (region: string) => {
        const roleArn = "arn:aws:iam::111111111111:role/commerce-webhooks-a";
        const destination = { type: "sqs", queueArn: `arn:aws:sqs:${region}:111111111111:a`, roleArn } as const;
        const message = { type: "webhook.test", group: "a", deduplicationId: "a", at: 0 };
        return sendToAws({ ...posting(""), ...message, externalId: "ep_1", destination });
    };

    it("is a failure of the endpoint when AWS has no such region, and ours when no address can be found", async () => {
        fails("ENOTFOUND");
        expect(await toRegion("eu-nowhere-1")).to.deep.equal({
            kind: "no answer",
            error: "AWS has no region eu-nowhere-1",
        });
        fails("EAI_AGAIN");
        const ours = await toRegion("eu-west-1").then(String, String);
        expect(ours).to.contain("AwsUnreachableError");
    });
});
