import type { LookupAddress } from "node:dns";
import { once } from "node:events";
import https from "node:https";
import type { LookupFunction, Socket } from "node:net";
import { expect } from "chai";
import { Sender } from "../../runtime/webhookFanout/delivery/sender.ts";
import {
    addressProblem,
    agentsFor,
    allowedFrom,
    isPublic,
    type Resolve,
} from "../../runtime/webhookFanout/endpoints/destination.ts";
import { behaviours, Receiver } from "./support/receiver.ts";

/** Every address that must not be reached, in every notation; `<port>` is one where a server listens. */
const attacks: [what: string, url: string][] = [
    ["loopback", "https://127.0.0.1:<port>/"],
    ["another loopback address", "https://127.255.255.254:<port>/"],
    ["loopback as one decimal number", "https://2130706433:<port>/"],
    ["loopback in hex", "https://0x7f000001:<port>/"],
    ["loopback in hex with dots", "https://0x7f.0x0.0x0.0x1:<port>/"],
    ["loopback in octal", "https://0177.0.0.1:<port>/"],
    ["loopback as one octal number", "https://017700000001:<port>/"],
    ["loopback in short", "https://127.1:<port>/"],
    ["loopback in short hex", "https://0x7f.1:<port>/"],
    ["loopback with a dot at the end", "https://127.0.0.1.:<port>/"],
    ["loopback in full-width digits", "https://①②⑦.⓪.⓪.①:<port>/"],
    ["loopback with escaped dots", "https://127%2e0%2e0%2e1:<port>/"],
    ["this host", "https://0.0.0.0:<port>/"],
    ["this host in short", "https://0:<port>/"],
    ["loopback of IPv6", "https://[::1]:<port>/"],
    ["loopback of IPv6 in full", "https://[0:0:0:0:0:0:0:1]:<port>/"],
    ["no address of IPv6", "https://[::]:<port>/"],
    ["loopback mapped into IPv6", "https://[::ffff:127.0.0.1]:<port>/"],
    ["loopback mapped into IPv6 in hex", "https://[::ffff:7f00:1]:<port>/"],
    ["loopback compatible with IPv6", "https://[::127.0.0.1]:<port>/"],
    ["loopback translated into IPv6", "https://[::ffff:0:127.0.0.1]:<port>/"],
    ["loopback by NAT64", "https://[64:ff9b::7f00:1]/"],
    ["loopback by local NAT64", "https://[64:ff9b:1::7f00:1]/"],
    ["loopback by 6to4", "https://[2002:7f00:1::]/"],
    ["loopback by Teredo", "https://[2001:0:4136:e378:8000:63bf:80ff:fffe]/"],
    ["a private network, 10/8", "https://10.0.0.1/"],
    ["a private network, 172.16/12", "https://172.31.255.254/"],
    ["a private network, 192.168/16", "https://192.168.1.1/"],
    ["a private network of IPv6", "https://[fd12:3456:789a::1]/"],
    ["a site of IPv6", "https://[fec0::1]/"],
    ["a link", "https://169.254.1.1/"],
    ["a link of IPv6", "https://[fe80::1]/"],
    ["a carrier's network", "https://100.64.0.1/"],
    ["a benchmark's network", "https://198.18.0.1/"],
    ["a documentation's network", "https://192.0.2.1/"],
    ["a documentation's network of IPv6", "https://[2001:db8::1]/"],
    ["protocol assignments", "https://192.0.0.8/"],
    ["a relay of 6to4", "https://192.88.99.1/"],
    ["what is reserved", "https://240.0.0.1/"],
    ["everybody", "https://255.255.255.255/"],
    ["a group", "https://224.0.0.1/"],
    ["a group of IPv6", "https://[ff02::1]/"],
    ["what IPv6 has not given out", "https://[4000::1]/"],
    ["what IPv6 has not given out at its beginning", "https://[200::1]/"],
    ["the metadata of AWS", "https://169.254.169.254/latest/meta-data/"],
    ["the metadata of AWS in decimal", "https://2852039166/latest/meta-data/"],
    ["the metadata of AWS by IPv6", "https://[fd00:ec2::254]/latest/meta-data/"],
    ["the metadata of AWS mapped into IPv6", "https://[::ffff:a9fe:a9fe]/"],
    ["the credentials of ECS", "https://169.254.170.2/v2/credentials/"],
    ["the metadata of Alibaba", "https://100.100.100.200/"],
    ["the metadata of Oracle", "https://192.0.0.192/"],
];

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

/** The operating system's lookup, for which a name has these addresses. */
const lookupOf =
    (...addresses: string[]): LookupFunction =>
    (_name, { all }, done) => {
        const found: LookupAddress[] = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
        const [first = { address: "", family: 4 }] = found;
        if (all) done(null, found);
        else done(null, first.address, first.family);
    };

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
