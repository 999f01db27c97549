import { expect } from "chai";
import type { CommercetoolsCustomer } from "../../runtime/webhookFanout/customers/customer.ts";
import {
    NotIdentifiableError,
    type Occasion,
    Segment,
    SegmentUnconfirmedError,
} from "../../runtime/webhookFanout/customers/segment.ts";
import { traitsOf } from "../../runtime/webhookFanout/customers/traits.ts";
import { type Mishap, SegmentServer } from "./support/segment.ts";
import { started } from "./support/started.ts";

const jo: CommercetoolsCustomer = {
    email: "jo@example.com",
    firstName: "Jo",
    lastName: "Doe",
    addresses: [
        { streetName: "Any Street", streetNumber: "1337", city: "Any City", postalCode: "11111", country: "US" },
    ],
};
const occasion: Occasion = {
    person: { userId: "3cdcdcc8-80c5-41bb-abb5-ac8772c9cc24" },
    messageId: "ct-demo-6f1d0f54-7d3e-4c1a-9f4e-0d0c7f9f0001",
    timestamp: "2022-09-19T14:34:35.843Z",
};
const patience = { request: 2000, whole: 8000 };
const redirection = (status: number): Mishap => ({ status, headers: { location: "/elsewhere" } });

describe("identifyCustomer: a customer to Segment", () => {
    const server = started(new SegmentServer());
    const segmentAt = (path = "", wait = patience) =>
        new Segment({ writeKey: "write-key-1", apiBase: new URL(server.url + path) }, wait);
    const failure = (promise: Promise<void>): Promise<unknown> =>
        promise.then(
            () => "confirmed",
            (error: unknown) => error,
        );

    beforeEach(() => server.reset());

    it("sends one identify call with the customer's id, the change's id and time, and the traits", async () => {
        await segmentAt().identifyCustomer(jo, occasion);

        const [request, ...more] = server.requests;
        expect(more).to.deep.equal([]);
        expect(request?.path).to.equal("/v1/batch");
        expect(request?.authorization).to.equal(`Basic ${Buffer.from("write-key-1:").toString("base64")}`);
        expect(request?.events).to.have.length(1);
        expect(request?.events[0]).to.deep.include({
            type: "identify",
            userId: "3cdcdcc8-80c5-41bb-abb5-ac8772c9cc24",
            messageId: "ct-demo-6f1d0f54-7d3e-4c1a-9f4e-0d0c7f9f0001",
            timestamp: "2022-09-19T14:34:35.843Z",
            traits: traitsOf(jo),
        });
    });

    it("keeps the path of a custom endpoint", async () => {
        await segmentAt("/proxy/segment/").identifyCustomer(jo, occasion);

        expect(server.requests.map(({ path }) => path)).to.deep.equal(["/proxy/segment/v1/batch"]);
    });

    it("sends one request for each customer, so that a refused one fails alone", async () => {
        server.mishaps.push({ status: 400 });
        const segment = segmentAt();
        const outcomes = await Promise.all(
            ["1", "2", "3"].map((id) => failure(segment.identifyCustomer(jo, { ...occasion, messageId: id }))),
        );

        expect(outcomes.filter((outcome) => outcome === "confirmed")).to.have.length(2);
        expect(server.taken).to.have.length(2);
    });

    describe("when the request fails", () => {
        /** What becomes of an identify call at a Segment that answers like this. */
        interface Trial {
            readonly what: string;
            readonly always?: Mishap;
            readonly once?: Mishap;
            readonly says?: RegExp;
            readonly requests: number;
        }
        const trials: readonly Trial[] = [
            { what: "400", always: { status: 400 }, says: /answered 400/, requests: 1 },
            { what: "401", always: { status: 401 }, says: /answered 401/, requests: 1 },
            { what: "403", always: { status: 403 }, says: /answered 403/, requests: 1 },
            { what: "500, twice", always: { status: 500 }, says: /answered 500/, requests: 2 },
            { what: "503, twice", always: { status: 503 }, says: /answered 503/, requests: 2 },
            { what: "301", always: redirection(301), says: /no answer/, requests: 2 },
            { what: "307", always: redirection(307), says: /no answer/, requests: 2 },
            { what: "a reset, twice", always: "reset", says: /no answer: (ECONNRESET|UND_ERR_SOCKET)/, requests: 2 },
            { what: "nothing in time, twice", always: "silence", says: /no answer: \w+/, requests: 2 },
            { what: "500 and then 200", once: { status: 500 }, requests: 2 },
            { what: "429 and then 200", once: { status: 429 }, requests: 2 },
            { what: "a reset and then 200", once: "reset", requests: 2 },
            { what: "nothing in time and then 200", once: "silence", requests: 2 },
        ];
        const servers: SegmentServer[] = [];
        // All at once: between two requests the library waits, mostly a second.
        let outcomes: Promise<{ readonly at: SegmentServer; readonly outcome: unknown }[]>;

        before(() => {
            outcomes = Promise.all(
                trials.map(async ({ always, once }) => {
                    const at = await new SegmentServer().start();
                    servers.push(at);
                    at.always = always;
                    if (once) at.mishaps.push(once);
                    const account = { writeKey: "write-key-1", apiBase: new URL(at.url) };
                    const segment = new Segment(account, { request: 500, whole: 8000 });
                    return { at, outcome: await failure(segment.identifyCustomer(jo, occasion)) };
                }),
            );
        });
        after(() => Promise.all(servers.map((each) => each.stop())));

        for (const [index, { what, says, requests }] of trials.entries()) {
            it(`${says ? "throws" : "is confirmed"} when the answer is ${what}`, async () => {
                const { at, outcome } = (await outcomes)[index] ?? {};
                if (says) {
                    expect(outcome).to.be.instanceOf(SegmentUnconfirmedError);
                    expect(String(outcome)).to.match(says);
                } else expect(outcome).to.equal("confirmed");
                expect(at?.taken).to.have.length(says ? 0 : 1);
                const ids = at?.requests.flatMap(({ events }) => events.map(({ messageId }) => messageId));
                expect(ids).to.deep.equal(Array.from({ length: requests }, () => occasion.messageId));
            });
        }
    });

    it("does not wait the minute that a 429 asks for: the queue's delay does", async () => {
        server.always = { status: 429, headers: { "retry-after": "60" } };
        const error = await failure(segmentAt("", { request: 60_000, whole: 1000 }).identifyCustomer(jo, occasion));

        // Whoever waits gets the second 429 as its answer.
        expect(String(error)).to.equal("SegmentUnconfirmedError: no confirmation within 1000 ms");
        // On a busy machine none may have arrived by then.
        expect(server.requests).to.have.length.at.most(1);
    });

    it("throws at its deadline although a request is still under way", async () => {
        server.always = "silence";
        const error = await failure(segmentAt("", { request: 5000, whole: 200 }).identifyCustomer(jo, occasion));

        expect(String(error)).to.equal("SegmentUnconfirmedError: no confirmation within 200 ms");
    });

    for (const [what, firstName] of [
        ["characters", "x".repeat(40_000)],
        ["bytes", "ü".repeat(16_000)],
    ] as const) {
        it(`refuses what has more ${what} than Segment takes, before it is sent`, async () => {
            const error = await failure(segmentAt().identifyCustomer({ ...jo, firstName }, occasion));

            expect(error).to.be.instanceOf(NotIdentifiableError);
            expect(String(error)).to.match(/takes \d+ bytes, Segment takes 32000/);
            expect(server.requests).to.deep.equal([]);
        });
    }

    it("identifies a customer without an id by a hash of the e-mail address", async () => {
        const segment = segmentAt();
        await segment.identifyCustomer(jo);
        await segment.identifyCustomer({ ...jo, email: " Jo@Example.com" });

        const [first, second] = server.taken;
        expect(first?.anonymousId).to.match(/^[0-9a-f-]{36}$/);
        expect(second?.anonymousId).to.equal(first?.anonymousId);
        expect(first?.messageId).not.to.equal(second?.messageId);
    });

    it("refuses a customer with neither id nor e-mail address", async () => {
        const error = await failure(segmentAt().identifyCustomer({ firstName: "Jo" }));

        expect(error).to.be.instanceOf(NotIdentifiableError);
        expect(server.requests).to.deep.equal([]);
    });

    it("never puts the customer or the write key into an error, whatever the server answers", async () => {
        server.always = { status: 400, body: "jo@example.com write-key-1" };
        const error = await failure(segmentAt().identifyCustomer(jo, occasion));

        expect(error).to.be.instanceOf(SegmentUnconfirmedError);
        const { stack = "", cause } = error as Error;
        expect(cause).to.equal(undefined);
        expect(stack).not.to.match(/jo@example|write-key|Doe/);
    });
});
