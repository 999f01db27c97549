import type { LookupFunction } from "node:net";
import { expect } from "chai";
import { cert } from "../../../../bench/functions/certificate.ts";
import { capabilitiesInCommon } from "../../../../runtime/checkoutSessions/ucp/negotiation.ts";
import { offersOf } from "../../../../runtime/checkoutSessions/ucp/offers.ts";
import {
    KeyChangedError,
    type PlatformProfile,
    ProfileError,
    platformProfileIn,
} from "../../../../runtime/checkoutSessions/ucp/platformProfile.ts";
import { fetchProfile, profileUrlIn } from "../../../../runtime/checkoutSessions/ucp/profileFetch.ts";
import {
    ProfileStore,
    type SeenProfile,
    type UnseenProfile,
} from "../../../../runtime/checkoutSessions/ucp/profileStore.ts";
import { Profiles } from "../../../../runtime/checkoutSessions/ucp/profiles.ts";
import { attacks, lookupOf } from "../../support/attacks.ts";
import { Database } from "../../support/database.ts";
import { type Behaviour, behaviours, Receiver } from "../../support/receiver.ts";
import { started } from "../../support/started.ts";

const checkout = "dev.ucp.shopping.checkout";
const document = {
    ucp: {
        version: "2026-04-08",
        services: {},
        payment_handlers: {},
        capabilities: {
            [checkout]: [{ version: "2026-04-08", spec: "https://ucp.dev", schema: "https://ucp.dev" }],
            "dev.ucp.shopping.order": [
                { version: "2026-04-08", config: { webhook_url: "https://platform.example/orders" } },
            ],
            "com.example.unknown": "of any form",
        },
    },
    signing_keys: [{ kid: "k1", kty: "EC", crv: "P-256", x: "a", y: "b", use: "sig", alg: "ES256", more: 1 }],
};
const read: PlatformProfile = {
    version: "2026-04-08",
    capabilities: { [checkout]: ["2026-04-08"], "dev.ucp.shopping.order": ["2026-04-08"] },
    orderWebhook: "https://platform.example/orders",
    keys: [{ kid: "k1", kty: "EC", crv: "P-256", x: "a", y: "b", use: "sig", alg: "ES256" }],
};

const faultOf = async (promise: Promise<unknown>): Promise<{ code: string; message: string }> => {
    const error: unknown = await promise.then(
        () => new Error("nothing is wrong"),
        (reason: unknown) => reason,
    );
    if (error instanceof ProfileError) return { code: error.code, message: error.message };
    throw error;
};

describe("The profile of a platform", () => {
    it("is read as far as it is used", () => {
        expect(platformProfileIn(JSON.stringify(document))).to.deep.equal(read);
        const { signing_keys, ucp } = document;
        expect(platformProfileIn(JSON.stringify({ ucp, keys: signing_keys })).keys).to.deep.equal(read.keys);
        const least = { ucp: { version: "2026-04-08" } };
        expect(platformProfileIn(JSON.stringify(least))).to.deep.equal({
            version: "2026-04-08",
            capabilities: {},
            keys: [],
        });
    });

    const ucp = (members: object) => JSON.stringify({ ucp: { version: "2026-04-08", ...members } });
    const malformed: readonly [what: string, text: string][] = [
        ["no JSON", "<html>"],
        ["no object", "[]"],
        ["nothing", ""],
        ["without ucp", "{}"],
        ["without a version", '{"ucp":{}}'],
        ["with a version that is none", '{"ucp":{"version":"draft"}}'],
        ["with capabilities that are a list", ucp({ capabilities: [] })],
        ["with a capability that is no list", ucp({ capabilities: { [checkout]: {} } })],
        ["with a capability without a version", ucp({ capabilities: { [checkout]: [{}] } })],
        ["with keys that are no list", '{"ucp":{"version":"2026-04-08"},"signing_keys":{}}'],
        ["with a key without a kid", '{"ucp":{"version":"2026-04-08"},"signing_keys":[{"kty":"EC"}]}'],
        ["with a key of numbers", '{"ucp":{"version":"2026-04-08"},"keys":[{"kid":"a","kty":"EC","x":1}]}'],
        ["with too many keys", JSON.stringify({ ...document, signing_keys: Array(33).fill({ kid: "a", kty: "EC" }) })],
        [
            "with a webhook without TLS",
            ucp({
                capabilities: {
                    "dev.ucp.shopping.order": [{ version: "2026-04-08", config: { webhook_url: "http://a.example" } }],
                },
            }),
        ],
        ["nested too deep", ucp({ deep: JSON.parse("[".repeat(40) + "]".repeat(40)) })],
    ];
    for (const [what, text] of malformed) {
        it(`is not used ${what}`, () => {
            expect(() => platformProfileIn(text))
                .to.throw(ProfileError)
                .with.property("code", "profile_malformed");
        });
    }

    it("may be as deep as profiles are, and have brackets in texts", () => {
        expect(platformProfileIn(ucp({ deep: JSON.parse("[".repeat(29) + "]".repeat(29)) })).version).to.equal(
            "2026-04-08",
        );
        expect(platformProfileIn(ucp({ text: `\\"${"[".repeat(100)}` })).version).to.equal("2026-04-08");
    });
});

describe("What both can do", () => {
    const own = offersOf("2026-04-08");
    const common = (capabilities: Record<string, string[]>) =>
        Object.fromEntries(capabilitiesInCommon(own, { capabilities }));

    it("is of the names and versions that both have", () => {
        expect(common(Object.fromEntries(own.map(({ name }) => [name, ["2026-01-11", "2026-04-08"]])))).to.deep.equal(
            Object.fromEntries(own.map(({ name }) => [name, "2026-04-08"])),
        );
        expect(common({ [checkout]: ["2026-01-11"] })).to.deep.equal({});
        expect(common({})).to.deep.equal({});
    });

    it("is the highest of several versions", () => {
        const several = [...own, ...own.map((offer) => ({ ...offer, version: "2026-08-25" }))];
        for (const order of [several, several.toReversed()]) {
            const versions = capabilitiesInCommon(order, {
                capabilities: { [checkout]: ["2026-04-08", "2026-08-25"], "dev.ucp.shopping.cart": ["2026-04-08"] },
            });
            expect(Object.fromEntries(versions)).to.deep.equal({
                [checkout]: "2026-08-25",
                "dev.ucp.shopping.cart": "2026-04-08",
            });
        }
    });

    it("has no extension without one of its parents, not even of an extension", () => {
        const version = ["2026-04-08"];
        const [discount, fulfillment] = ["dev.ucp.shopping.discount", "dev.ucp.shopping.fulfillment"];
        expect(common({ [discount]: version, [fulfillment]: version })).to.deep.equal({});
        // Ours have no discounts.
        expect(Object.keys(common({ [discount]: version, "dev.ucp.shopping.cart": version }))).to.have.members([
            "dev.ucp.shopping.cart",
        ]);
        const chain = ["a", "b", "c"].map((name, index, all) => ({
            name,
            version: "2026-04-08",
            page: "",
            schema: "",
            extends: [all[index - 1] ?? "missing"],
        }));
        expect(capabilitiesInCommon(chain, { capabilities: { a: version, b: version, c: version } }).size).to.equal(0);
    });
});

describe("The URL of a profile", () => {
    for (const [what, url] of attacks) {
        it(`does not lead to ${what}: ${url}`, () => {
            expect(() => profileUrlIn(url.replace(":<port>", ""))).to.throw(ProfileError);
        });
    }

    it("is of https at its own port, by a name", () => {
        const wrong = [
            "http://platform.example/profile",
            "https://platform.example:8443/profile",
            "https://user@platform.example/",
            "https://:secret@platform.example/",
            "https://platform.example/#fragment",
            "https://93.184.215.14/",
            "https://[2606:4700::1111]/",
            "ftp://platform.example/",
            "file:///etc/passwd",
            "platform.example",
            "",
            "https://platform.example/\u00e9",
            `https://platform.example/${"a".repeat(512)}`,
            // Addresses in other forms.
            "https://2130706433/",
            "https://0x7f000001/",
            "https://017700000001/",
            "https://0177.0.0.1/",
            "https://127.1/",
            "https://127.0.0.1./",
            "https://[::ffff:127.0.0.1]/",
            "https://[fe80::1%25eth0]/",
            // The same host under another name, and so another platform with a count of its own.
            "https://platform.example./profile",
        ];
        for (const url of wrong) {
            expect(() => profileUrlIn(url), url)
                .to.throw(ProfileError)
                .with.property("code", "invalid_profile_url");
        }
        expect(profileUrlIn("https://PLATFORM.example:443/a?b=c")).to.equal("https://platform.example/a?b=c");
        expect(profileUrlIn("https://platform.example")).to.equal("https://platform.example/");
    });
});

describe("Fetching a profile", () => {
    let receiver: Receiver;
    const url = "https://receiver.test/profile";
    before(async () => {
        receiver = await Receiver.start(behaviours.healthy, "https");
    });
    after(() => receiver.stop());

    const fetched = (behaviour: Behaviour, deadlineMs = 10_000) => {
        receiver.behaviour = behaviour;
        return fetchProfile(url, {
            deadlineMs,
            port: receiver.port,
            allowed: ["127.0.0.1"],
            connections: { ca: cert, lookup: lookupOf("127.0.0.1") },
        });
    };
    const text = JSON.stringify(document);
    const answering = (headers: Record<string, string>, status = 200, body = text) =>
        behaviours.answering(status, headers, body);

    it("asks once, for JSON as it is, and keeps it between a minute and a day", async () => {
        expect(await fetched(answering({ "cache-control": "public, max-age=3600" }))).to.deep.equal({
            profile: read,
            maxAge: 3600,
        });
        expect(receiver.received.at(-1)).to.deep.include({ method: "GET", path: "/profile", body: "" });
        expect(receiver.received.at(-1)?.headers).to.include({
            host: `receiver.test:${receiver.port}`,
            "accept-encoding": "identity",
        });
        const ages = ["max-age=1", "max-age=999999999", "", "no-store, max-age=3600", "s-maxage=7000", 'max-age="900"'];
        const kept = [];
        for (const each of ages) kept.push((await fetched(answering({ "cache-control": each }))).maxAge);
        expect(kept).to.deep.equal([60, 86_400, 60, 60, 60, 900]);
    });

    const unreachable: readonly [what: string, behaviour: Behaviour, message: RegExp][] = [
        ["a redirect", answering({ location: "https://elsewhere.example/" }, 302), /answer is 302/],
        ["a permanent redirect", answering({ location: "/profile" }, 308), /answer is 308/],
        ["a failure", answering({}, 500), /answer is 500/],
        ["no content", answering({}, 204, ""), /answer is 204/],
        ["a compressed body", answering({ "content-encoding": "gzip" }), /compressed/],
        ["a body without end", behaviours.huge, /larger than 64 KB/],
        [
            "a large body",
            answering({}, 200, JSON.stringify({ ...document, more: "x".repeat(70_000) })),
            /larger than 64 KB/,
        ],
        ["a closed connection", (response) => response.socket?.destroy(), /no answer$|was closed/],
        [
            "half a body",
            (response) => response.writeHead(200, { "content-length": "100" }).write("{", () => response.destroy()),
            /no answer/,
        ],
        ["another protocol", answering({ upgrade: "x", connection: "upgrade" }, 101, ""), /101|no answer/],
    ];
    for (const [what, behaviour, message] of unreachable) {
        it(`takes no profile from ${what}`, async () => {
            const before = receiver.received.length;
            const fault = await faultOf(fetched(behaviour));
            expect(fault).to.include({ code: "profile_unreachable" });
            expect(fault.message).to.match(message);
            expect(receiver.received.length).to.equal(before + 1);
        });
    }

    for (const [what, behaviour] of [
        ["says nothing", behaviours.hanging],
        ["does not come to an end", behaviours.endless],
    ] as const) {
        it(`gives up when the platform ${what}`, async () => {
            const fault = await faultOf(fetched(behaviour, 200));
            expect(fault).to.deep.equal({
                code: "profile_unreachable",
                message: "the platform's profile cannot be fetched: no answer within 0.2 s",
            });
        });
    }

    it("tells a body that is no profile from one that does not come", async () => {
        expect(await faultOf(fetched(answering({}, 200, "{}")))).to.include({ code: "profile_malformed" });
    });

    it("asks for the address of a name once, and dials no other: a name that leads home the next time gains nothing", async () => {
        receiver.behaviour = answering({});
        const asked: string[] = [];
        const lookup: LookupFunction = (name, options, found) => {
            asked.push(name);
            const address = asked.length === 1 ? "127.0.0.1" : "10.0.0.1";
            if (options.all) found(null, [{ address, family: 4 }]);
            else found(null, address, 4);
        };
        const settings = { port: receiver.port, allowed: ["127.0.0.1"], connections: { ca: cert, lookup } };
        expect((await fetchProfile(url, settings)).profile).to.deep.equal(read);
        expect(asked).to.deep.equal(["receiver.test"]);
        expect(await faultOf(fetchProfile(url, settings))).to.include({ code: "profile_unreachable" });
    });

    it("waits no longer for a body that comes byte by byte", async () => {
        const drip: Behaviour = (response) => {
            response.writeHead(200, { "content-type": "application/json" });
            const timer = setInterval(() => response.write(" "), 20);
            response.on("close", () => clearInterval(timer));
        };
        expect(await faultOf(fetched(drip, 300))).to.include({ code: "profile_unreachable" });
    });

    it("trusts no certificate that is not the host's", async () => {
        receiver.behaviour = answering({});
        const connections = { lookup: lookupOf("127.0.0.1") };
        const settings = { port: receiver.port, allowed: ["127.0.0.1"], connections };
        expect(await faultOf(fetchProfile(url, settings))).to.include({ code: "profile_unreachable" });
        const other = fetchProfile("https://other.test/profile", {
            ...settings,
            connections: { ...connections, ca: cert },
        });
        expect(await faultOf(other)).to.include({ code: "profile_unreachable" });
    });

    for (const address of [
        ...["127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1", "100.64.0.1", "0.0.0.0"],
        ...["0.1.2.3", "172.31.255.254", "192.0.0.8", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"],
        ...["::1", "::", "::ffff:127.0.0.1", "::ffff:a00:1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1"],
        ...["64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:7f00:1::1", "2001:0:4136:e378::1", "::7f00:1", "100::1"],
    ]) {
        it(`connects to no name that has the address ${address}, alone or among others`, async () => {
            const connections = receiver.connections;
            for (const addresses of [[address], ["93.184.215.14", address]]) {
                const settings = { port: receiver.port, connections: { ca: cert, lookup: lookupOf(...addresses) } };
                const fault = await faultOf(fetchProfile(url, settings));
                expect(fault).to.include({ code: "profile_unreachable" });
                expect(fault.message).to.contain("public addresses only").and.not.to.contain(address);
            }
            expect(receiver.connections).to.equal(connections);
        });
    }
});

describe("The profiles of platforms", () => {
    const url = "https://platform.example/profile";
    const source = "192.0.2.1";
    const second = 1000;

    /** All around `Profiles`, which counts what is asked for. */
    function stage({ known = [] as string[], mostNew = 100 } = {}) {
        const items = new Map<string, SeenProfile | UnseenProfile>();
        const counts = { fetches: 0, reads: 0, discoveries: 0 };
        const clock = { now: 1_000_000_000_000 };
        const served: { next: PlatformProfile | ProfileError; maxAge: number } = { next: read, maxAge: 3600 };
        const parts = {
            store: {
                read: async (each: string) => {
                    counts.reads += 1;
                    return items.get(each);
                },
                keep: async (each: string, seen: SeenProfile | UnseenProfile) => void items.set(each, seen),
                countDiscovery: async () => (++counts.discoveries > mostNew ? ("host" as const) : undefined),
            },
            fetch: async () => {
                counts.fetches += 1;
                if (served.next instanceof ProfileError) throw served.next;
                return { profile: served.next, maxAge: served.maxAge };
            },
            known: new Set(known),
            now: () => clock.now,
        };
        return { profiles: new Profiles(parts), another: () => new Profiles(parts), counts, clock, served, items };
    }
    const away = new ProfileError("profile_unreachable", "away");

    it("are fetched once for all processes, until they are stale", async () => {
        const { profiles, another, counts, clock, served } = stage();
        served.maxAge = 120;
        expect(await profiles.of(url, source)).to.equal(read);
        expect(await profiles.of(url, source)).to.equal(read);
        expect(await another().of(url, source)).to.equal(read);
        expect(counts).to.deep.equal({ fetches: 1, reads: 2, discoveries: 1 });
        clock.now += 61 * second;
        await profiles.of(url, source);
        expect(counts).to.deep.equal({ fetches: 1, reads: 3, discoveries: 1 });
        clock.now += 60 * second;
        await profiles.of(url, source);
        expect(counts).to.deep.equal({ fetches: 2, reads: 4, discoveries: 1 });
    });

    it("are not asked for again for half a minute after a failure", async () => {
        const { profiles, another, counts, clock, served } = stage();
        served.next = away;
        for (const each of [profiles, profiles, another()]) {
            expect(await faultOf(each.of(url, source))).to.deep.equal({ code: "profile_unreachable", message: "away" });
        }
        expect(counts.fetches).to.equal(1);
        served.next = read;
        clock.now += 31 * second;
        expect(await profiles.of(url, source)).to.equal(read);
        // A try after a failure is one of a platform that is still new.
        expect(counts).to.include({ fetches: 2, discoveries: 2 });
    });

    it("are fetched once for requests at the same time", async () => {
        const { profiles, counts, clock, served } = stage();
        expect(await Promise.all([1, 2, 3].map(() => profiles.of(url, source)))).to.deep.equal([read, read, read]);
        expect(counts).to.deep.equal({ fetches: 1, reads: 1, discoveries: 1 });
        clock.now += 2 * 3600 * second;
        served.next = away;
        const faults = await Promise.all([1, 2].map(() => faultOf(profiles.of(url, source))));
        expect(faults.map(({ code }) => code)).to.deep.equal(["profile_unreachable", "profile_unreachable"]);
        expect(counts.fetches).to.equal(2);
    });

    it("are fetched for only so many new platforms, and for known and returning ones always", async () => {
        const { profiles, counts, clock } = stage({ known: ["https://known.example/"], mostNew: 1 });
        await profiles.of(url, source);
        expect(await faultOf(profiles.of("https://another.example/", source))).to.include({
            code: "too_many_platforms",
        });
        expect(counts.fetches).to.equal(1);
        await profiles.of("https://known.example/", source);
        clock.now += 2 * 3600 * second;
        await profiles.of(url, source);
        expect(counts.discoveries).to.equal(2);
    });

    it("are fetched for a returning platform, also after a failure, whatever strangers have used up", async () => {
        const { profiles, counts, clock, served } = stage({ mostNew: 1 });
        await profiles.of(url, source);
        clock.now += 2 * 3600 * second;
        served.next = away;
        for (let time = 0; time < 2; time += 1) {
            expect(await faultOf(profiles.of(url, source))).to.include({ code: "profile_unreachable" });
            clock.now += 31 * second;
        }
        served.next = read;
        expect(await profiles.of(url, source)).to.equal(read);
        expect(counts).to.include({ fetches: 4, discoveries: 1 });
    });

    it("of known platforms count until a schedule brings the next", async () => {
        const { profiles, counts, clock, served } = stage({ known: [url] });
        await profiles.of(url, source);
        clock.now += 48 * 3600 * second;
        await profiles.of(url, source);
        expect(counts.fetches).to.equal(1);
        served.next = { ...read, keys: read.keys.map((key) => ({ ...key, x: "forged" })) };
        const refused = await profiles.refreshedByPlan(url).catch((error: unknown) => error);
        expect(refused).to.be.instanceOf(KeyChangedError).and.include({ code: "profile_malformed" });
        expect(await profiles.of(url, source)).to.deep.equal(read);
        served.next = { ...read, keys: [] };
        await profiles.refreshedByPlan(url);
        expect(await profiles.of(url, source)).to.deep.equal({ ...read, keys: [] });
    });

    it("are renewed for an unknown key once a minute, also when that fails", async () => {
        const { profiles, another, counts, clock, served } = stage();
        const rotated = { ...read, keys: [...read.keys, { kid: "k2", kty: "EC", crv: "P-256", x: "c", y: "d" }] };
        await profiles.of(url, source);
        served.next = rotated;
        expect(await profiles.renewed(url, source)).to.equal(undefined);
        clock.now += 61 * second;
        expect(await profiles.renewed(url, source)).to.deep.equal(rotated);
        expect(await profiles.renewed(url, source)).to.equal(undefined);
        expect(await another().renewed(url, source)).to.equal(undefined);
        expect(await profiles.of(url, source)).to.deep.equal(rotated);
        expect(counts.fetches).to.equal(2);
        clock.now += 61 * second;
        served.next = away;
        expect(await faultOf(profiles.renewed(url, source))).to.include({ code: "profile_unreachable" });
        expect(await profiles.renewed(url, source)).to.equal(undefined);
        expect(await profiles.of(url, source)).to.deep.equal(rotated);
    });

    it("are refused when a key changes and keeps its name, while the one before counts", async () => {
        const { profiles, clock, served } = stage();
        await profiles.of(url, source);
        clock.now += 61 * second;
        const forged = { ...read, keys: read.keys.map((key) => ({ ...key, x: "forged" })) };
        served.next = forged;
        expect(await faultOf(profiles.renewed(url, source))).to.include({ code: "profile_malformed" });
        expect(await profiles.of(url, source)).to.deep.equal(read);
        clock.now += 3600 * second;
        expect(await profiles.of(url, source)).to.deep.equal(forged);
    });

    it("that are pinned are never fetched", async () => {
        const { profiles, counts, items, clock } = stage({ known: [url] });
        items.set(url, { profile: read, fetchedAt: 0, freshUntil: Number.POSITIVE_INFINITY });
        expect(await profiles.of(url, source)).to.equal(read);
        clock.now += 365 * 24 * 3600 * second;
        expect(await profiles.of(url, source)).to.equal(read);
        expect(await profiles.renewed(url, source)).to.equal(undefined);
        expect(counts.fetches).to.equal(0);
    });
});

describe("The table of profiles", () => {
    const database = started(new Database());
    const store = () => new ProfileStore(database.client, "ucp-profiles");
    const url = "https://platform.example/profile";
    const now = 1_800_000_000_000;

    it("has what was seen last, and lets it expire", async () => {
        expect(await store().read(url)).to.equal(undefined);
        const seen = { profile: read, fetchedAt: now, freshUntil: now + 3_600_000 };
        await store().keep(url, seen);
        expect(await store().read(url)).to.deep.equal(seen);
        expect(await database.get("ucp-profiles", { url })).to.include({
            expiresAt: now / 1000 + 3600 + 7 * 24 * 3600,
        });
        const unseen = { failure: { code: "profile_unreachable", reason: "away" }, freshUntil: now } as const;
        await store().keep(url, unseen);
        expect(await store().read(url)).to.deep.equal(unseen);
        expect(await database.get("ucp-profiles", { url })).to.include({ expiresAt: now / 1000 });
    });

    it("has what the schedule fetches, for all processes", async () => {
        const known = "https://known.example/profile";
        const parts = { store: store(), known: new Set([known]), now: () => now };
        const fetch = async () => ({ profile: read, maxAge: 60 });
        await new Profiles({ ...parts, fetch }).refreshedByPlan(known);
        const away = async () => {
            throw new ProfileError("profile_unreachable", "away");
        };
        expect(await new Profiles({ ...parts, fetch: away }).of(known, "192.0.2.1")).to.deep.equal(read);
    });

    it("has pinned profiles as the settings wrote them, which are always fresh", async () => {
        await database.put("ucp-profiles", { url, document: JSON.stringify(document) });
        expect(await store().read(url)).to.deep.equal({
            profile: read,
            fetchedAt: 0,
            freshUntil: Number.POSITIVE_INFINITY,
        });
        await database.put("ucp-profiles", { url, document: "{}" });
        expect(await faultOf(store().read(url))).to.include({ code: "profile_malformed" });
    });

    const asked = (source: string, host: string, at = now) =>
        store().countDiscovery(`https://${host}/profile/${Math.random()}`, source, at);

    it("counts new platforms that one source asks for in a minute, and those of each host, for all processes", async () => {
        const mine = await Promise.all(
            Array.from({ length: 9 }, (_, index) => asked("192.0.2.1", `h${index}.example`)),
        );
        expect(mine.filter((exceeded) => exceeded === "source")).to.have.length(4);
        expect(await asked("192.0.2.1", "many.example", now + 59_000)).to.equal("source");
        expect(await asked("192.0.2.1", "many.example", now + 60_000)).to.equal(undefined);
        const many = await Promise.all(
            Array.from({ length: 24 }, (_, index) => asked(`198.51.100.${index}`, "many.example")),
        );
        expect(many.filter((exceeded) => exceeded === "host")).to.have.length(4);
        expect(await asked("198.51.100.99", "other.example")).to.equal(undefined);
    });

    it("counts nothing of a host for a source that has asked for too much, and keeps no address", async () => {
        for (let time = 0; time < 30; time += 1) await asked("203.0.113.7", "victim.example", now + 600_000);
        expect(await asked("203.0.113.8", "victim.example", now + 600_000)).to.equal(undefined);
        const items = await database.all("ucp-profiles");
        expect(items.some(({ url: name }) => String(name).startsWith("#source "))).to.equal(true);
        expect(JSON.stringify(items)).not.to.match(/203\.0\.113|198\.51\.100|192\.0\.2/);
    });
});
