import { once } from "node:events";
import https from "node:https";
import type { LookupFunction, Socket } from "node:net";
import { expect } from "chai";
import { addressProblem, agentsFor, allowedFrom, isPublic, type Resolve } from "../../runtime/shared/destination.ts";
import { Sender } from "../../runtime/webhookFanout/delivery/sender.ts";
import { attacks, lookupOf } from "./support/attacks.ts";
import { behaviours, Receiver } from "./support/receiver.ts";

/** What is refused for what it is, and not for where it leads. */
const malformed: [what: string, url: string, problem: RegExp][] = [
    ["no encryption", "http://198.51.100.7.example/", /https/],
    ["another scheme", "ftp://shop.example/", /https/],
    ["a file", "file:///etc/passwd", /https/],
    ["a script", "javascript:alert(1)", /https/],
    ["a user name", "https://admin@shop.example/", /user name/],
    ["a password", "https://:secret@shop.example/", /password/],
    ["a well-known port", "https://shop.example:22/", /port 22/],
    ["the port of SMTP", "https://shop.example:25/", /port 25/],
    ["the port of HTTP", "https://shop.example:80/", /port 80/],
    ["no URL", "shop.example", /URL/],
    ["nothing", "", /URL/],
    ["a zone in the address", "https://[fe80::1%25eth0]/", /URL/],
];

const production = { allow: allowedFrom("") };
const resolvingTo =
    (...addresses: string[]): Resolve =>
    async () =>
        addresses.map((address) => ({ address }));

describe("the address of an endpoint", () => {
    let receiver: Receiver;
    let sender: Sender;
    const at = (url: string) => url.replace("<port>", String(receiver.port));

    before(async () => {
        receiver = await Receiver.start(behaviours.healthy, "https");
        sender = new Sender({ allowed: production.allow });
    });
    after(async () => {
        sender?.close();
        await receiver?.stop();
    });

    for (const [what, url] of attacks) {
        it(`is not ${what}: ${url}`, async () => {
            expect(await addressProblem(at(url), production)).to.match(/is not public/);
        });

        it(`is not ${what} at the connection, either`, async () => {
            const reply = await sender.send({ url: at(url), headers: {}, body: "{}" });

            expect(reply.kind).to.equal("no answer");
            expect(JSON.stringify(reply)).to.match(/is not public/);
            expect(receiver.connections).to.equal(0);
        });
    }

    for (const [what, url, problem] of malformed) {
        it(`has not ${what}: ${url}`, async () => {
            const resolve = resolvingTo("203.0.113.77", "93.184.215.14");

            expect(await addressProblem(url, { ...production, resolve })).to.match(problem);
            expect(JSON.stringify(await sender.send({ url, headers: {}, body: "{}" }))).to.match(problem);
        });
    }

    for (const address of ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fd00:ec2::254"]) {
        it(`cannot be a name that resolves to ${address}`, async () => {
            const resolve = resolvingTo(address);

            expect(await addressProblem("https://shop.example/", { ...production, resolve })).to.equal(
                "the name shop.example does not resolve to public addresses only",
            );
        });

        it(`cannot be a name that resolves to ${address} beside a public address`, async () => {
            const resolve = resolvingTo("93.184.215.14", address);

            expect(await addressProblem("https://shop.example/", { ...production, resolve })).to.match(
                /^the name shop\.example does not resolve to public addresses only$/,
            );
        });

        it(`is not connected to when its name resolves to ${address} since it was registered`, async () => {
            const url = `https://shop.example:${receiver.port}/`;
            const rebinding = new Sender({ allowed: [], connections: { lookup: lookupOf(address) } });

            expect(await addressProblem(url, { ...production, resolve: resolvingTo("93.184.215.14") })).to.equal(
                undefined,
            );
            const reply = await rebinding.send({ url, headers: {}, body: "{}" });

            rebinding.close();
            expect(reply).to.include({ kind: "no answer" });
            expect(JSON.stringify(reply)).to.contain("public addresses only").and.not.to.contain(address);
            expect(receiver.connections).to.equal(0);
        });
    }

    it("cannot be a name that does not exist, with the same error as a name in a private network", async () => {
        const resolve: Resolve = async () => {
            throw new Error("ENOTFOUND");
        };

        expect(await addressProblem("https://unknown.example/", { ...production, resolve })).to.equal(
            "the name unknown.example does not resolve to public addresses only",
        );
    });

    for (const url of [
        "https://shop.example/hooks?token=1",
        "https://shop.example:443/",
        "https://shop.example:8443/",
        "https://93.184.215.14/",
        "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/",
    ]) {
        it(`may be ${url}`, async () => {
            const resolve = resolvingTo("93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c");

            expect(await addressProblem(url, { ...production, resolve })).to.equal(undefined);
        });
    }

    it("is connected to when it is public, and is not logged", async () => {
        const { warn, error } = console;
        const written: unknown[] = [];
        console.warn = (...what: unknown[]) => written.push(what);
        console.error = console.warn;
        try {
            for (const address of ["93.184.215.14", "2606:4700::1111"]) {
                const dialled: string[] = [];
                // Later, when there is a socket to listen to.
                const lookup: LookupFunction = (...asked) => void setImmediate(() => lookupOf(address)(...asked));
                const agent = agentsFor([], { lookup })["https:"];
                const request = https.get("https://shop.example/", { agent });
                request.on("error", () => {});
                const [socket]: Socket[] = await once(request, "socket");
                socket?.on("connectionAttempt", (ip: string) => dialled.push(ip));
                if (socket) await once(socket, "connectionAttempt");
                request.destroy();
                expect(dialled).to.deep.equal([address]);
            }
        } finally {
            Object.assign(console, { warn, error });
        }
        expect(written).to.deep.equal([]);
    });

    it("is public for all addresses of the internet and no others", () => {
        for (const address of ["1.1.1.1", "8.8.8.8", "93.184.215.14", "2606:4700::1111", "2a00:1450:4001::1"]) {
            expect(isPublic(address), address).to.equal(true);
        }
        for (const address of ["", "shop.example", "999.1.1.1", "127.0.0.1", "::ffff:8.8.8.8"]) {
            expect(isPublic(address), address).to.equal(false);
        }
    });
});

describe("an address that is allowed on the developer's machine", () => {
    const allow = allowedFrom("127.0.0.1,::1");

    it("may be reached without encryption", async () => {
        expect(await addressProblem("http://127.0.0.1:8080/", { allow })).to.equal(undefined);
        expect(await addressProblem("http://[::1]:8080/", { allow })).to.equal(undefined);
        const resolve = resolvingTo("127.0.0.1", "::1");
        expect(await addressProblem("http://localhost:8080/", { allow, resolve })).to.equal(undefined);
    });

    it("allows no other private address, and no address of the internet without encryption", async () => {
        expect(await addressProblem("https://127.0.0.2:8080/", { allow })).to.match(/not public/);
        expect(await addressProblem("http://93.184.215.14:8080/", { allow })).to.match(/not public/);
        const resolve = resolvingTo("93.184.215.14");
        expect(await addressProblem("http://shop.example:8080/", { allow, resolve })).to.match(/public/);
    });

    it("allows no other address at the connection", async () => {
        const sender = new Sender({ allowed: allow, connections: { lookup: lookupOf("93.184.215.14") } });

        const replies = await Promise.all(
            ["http://shop.example:8080/", "http://93.184.215.14:8080/", "https://127.0.0.2:8080/"].map((url) =>
                sender.send({ url, headers: {}, body: "{}" }),
            ),
        );

        sender.close();
        for (const reply of replies) expect(JSON.stringify(reply)).to.match(/public/);
    });
});
