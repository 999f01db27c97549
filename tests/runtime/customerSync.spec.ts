import { randomUUID } from "node:crypto";
import { expect } from "chai";
import { Anchors } from "../../tools/operator/auditAnchors.ts";
import { Verification } from "../../tools/operator/auditVerification.ts";
import { type Aws, Refusal } from "./support/aws.ts";
import { CommercetoolsServer } from "./support/commercetools.ts";
import {
    changeNotification,
    cloudEvent,
    commercetoolsCustomer,
    customerCreated,
    platformMessage,
    seedPayload,
} from "./support/customers.ts";
import { Database } from "./support/database.ts";
import { snsEvent, sqsRecord } from "./support/events.ts";
import { SegmentServer } from "./support/segment.ts";
import { Callback, secretArn, started, startedAws, startedCallback } from "./support/started.ts";

const commercetoolsSecret = secretArn("commercetools");
const personal = /john|John|\bDoe\b|Jane|Any Street|Any City|write-key|client-secret|token-\d/;

describe("customerSync: customers of commercetools to Segment", () => {
    const database = started(new Database());
    const segment = started(new SegmentServer());
    const commercetools = started(new CommercetoolsServer());
    const secrets = () => ({
        [secretArn("segment")]: JSON.stringify({ writeKey: "write-key-1", apiBase: segment.url }),
        [commercetoolsSecret]: JSON.stringify(commercetools.account),
    });
    const answerSecrets = (values: Readonly<Record<string, string>>) => (own: Aws) =>
        own.answers("GetSecretValue", ({ SecretId }) => ({ SecretString: values[String(SecretId)] }));
    const aws = startedAws(database, (own) => answerSecrets(secrets())(own));
    const withCommercetools = { COMMERCETOOLS_SECRET: commercetoolsSecret };
    const sync = startedCallback(aws, "webhookFanout/customerSync");
    /** The same with access to the API of commercetools. */
    const reading = startedCallback(aws, "webhookFanout/customerSync", withCommercetools);
    /** Payloads of a customer of its own, as the topic hands them over. */
    const about = (customer: string, ...payloads: readonly { readonly [name: string]: unknown }[]) =>
        payloads.map((payload) => ({ ...payload, resource: { typeId: "customer", id: customer } }));
    const retries = () => aws.inputs("SendMessage");
    const lines = (running: Callback, message: string) => running.log.filter((line) => line["message"] === message);
    const email = (sequence: number, address = `john-${sequence}@example.com`) =>
        platformMessage("CustomerEmailChanged", sequence, { email: address }, { id: randomUUID() });
    const firstName = (sequence: number, name: string) =>
        platformMessage("CustomerFirstNameSet", sequence, { firstName: name }, { id: randomUUID() });
    /** A person's traits after all that Segment has taken, in the order in which it came. */
    const profileOf = (person: string) =>
        Object.assign({}, ...segment.taken.filter(({ userId }) => userId === person).map(({ traits }) => traits));

    beforeEach(() => {
        segment.reset();
        commercetools.reset();
    });
    afterEach(() => {
        for (const running of [sync, reading]) expect(running.text()).not.to.match(personal);
    });
    it("identifies the customer of the source system's payload, and logs the outcome", async () => {
        expect(await sync.invoke(snsEvent(seedPayload))).to.deep.equal({ identified: 1 });

        expect(segment.taken).to.have.length(1);
        expect(segment.taken[0]).to.deep.include({
            type: "identify",
            messageId: "ct-message-0",
            timestamp: "2026-11-20T10:11:12.000Z",
            traits: {
                email: "johndoe@example.com",
                firstName: "John",
                lastName: "Doe",
                name: "John Doe",
                address: { street: "Any Street 1337", city: "Any City", postalCode: "11111", country: "US" },
            },
        });
        expect(lines(sync, "Customer identified")[0]).to.deep.include({
            messageId: "ct-message-0",
            correlationId: "message-0",
            fields: ["email", "firstName", "lastName", "fullName", "addresses"],
        });
    });

    it("identifies a customer by commercetools' id, in either format", async () => {
        const [created, other] = [randomUUID(), randomUUID()];
        const [message] = about(created, customerCreated());
        const [wrapped] = about(other, { ...customerCreated(), id: randomUUID() });
        await sync.invoke(snsEvent(message, cloudEvent(wrapped ?? {})));

        expect(segment.taken.map(({ userId }) => userId)).to.have.members([created, other]);
        expect(profileOf(other)).to.include({ email: "johndoe@example.com", name: "John Doe" });
    });

    it("sends only the traits that a change contains", async () => {
        const customer = randomUUID();
        await sync.invoke(snsEvent(...about(customer, customerCreated(1), firstName(2, "Jane"))));

        expect(profileOf(customer)).to.deep.include({ firstName: "Jane", lastName: "Doe" });
        const changes = segment.taken.filter(({ traits }) => traits["firstName"] === "Jane");
        expect(changes.map(({ traits }) => traits)).to.deep.equal([{ firstName: "Jane" }]);
    });

    it("retries a notification later that it was sending when its lock ended", async () => {
        const customer = randomUUID();
        aws.answers("UpdateItem", ({ UpdateExpression }) =>
            UpdateExpression === "SET marks = :marks" ? new Refusal("ConditionalCheckFailedException") : undefined,
        );

        expect(await sync.invoke(snsEvent(...about(customer, email(1))))).to.deep.equal({ failed: 1 });
        expect(retries()).to.have.length(1);
    });

    it("logs one countable error for each unusable notification, and continues", async () => {
        const customer = randomUUID();
        const counts = await sync.invoke(
            snsEvent(
                "{not JSON johndoe@example.com",
                { ...seedPayload, customer: { firstName: "John" } },
                changeNotification("ResourceUpdated"),
                ...about(customer, customerCreated(1, { firstName: "x".repeat(40_000) })),
                ...about(randomUUID(), email(1)),
            ),
        );

        expect(counts).to.deep.equal({ skipped: 4, identified: 1 });
        expect(lines(sync, "Customer notification skipped").map(({ level }) => level)).to.deep.equal(
            Array.from({ length: 4 }, () => "error"),
        );
        expect(retries().map(({ QueueUrl }) => QueueUrl)).to.deep.equal(
            Array.from({ length: 4 }, () => `${aws.url}/000000000000/parked`),
        );
    });

    describe("a notification that can never be sent", () => {
        const rows = async () =>
            (await database.all("audit"))
                .filter(({ subscriber }) => subscriber === "customer-sync")
                .sort((one, other) => String(one["messageId"]).localeCompare(String(other["messageId"])));
        /** A name for what the notifications of one test are called by the topic. */
        const arriving = (...payloads: readonly unknown[]) => {
            const { Records } = snsEvent(...payloads);
            const run = randomUUID();
            return {
                Records: Records.map((each, index) => ({
                    ...each,
                    Sns: { ...each.Sns, MessageId: `${run}-${index}` },
                })),
            };
        };
        const idsIn = ({ Records }: ReturnType<typeof arriving>) => Records.map(({ Sns }) => Sns.MessageId);
        const rowsOf = async (ids: readonly string[]) =>
            (await rows()).filter(({ messageId }) => ids.includes(String(messageId)));

        it("has one audit row after any number of copies, with the reason and ids only, in valid chains", async () => {
            const customer = randomUUID();
            const event = arriving(
                "{not JSON johndoe@example.com",
                { ...seedPayload, customer: { firstName: "John" } },
                ...about(customer, customerCreated(1, { firstName: "x".repeat(40_000) })),
                ...about(randomUUID(), email(1)),
            );
            const ids = idsIn(event);

            for (let time = 0; time < 3; time += 1) await sync.invoke(event);

            const found = await rowsOf(ids);
            expect(
                found.map(({ messageId, outcome, correlationId }) => [messageId, outcome, correlationId]),
            ).to.deep.equal(ids.slice(0, 3).map((id) => [id, "skipped", id]));
            expect(found.map(({ result }) => Object.keys(Object(result)).sort())).to.deep.equal([
                ["why"],
                ["why"],
                ["customer", "message", "why"],
            ]);
            expect(JSON.stringify(found)).not.to.match(personal);
            const verification = new Verification(Date.now(), new Anchors());
            for (const item of await database.all("audit")) verification.add(item);
            expect(verification.findings()).to.deep.equal([]);
        });

        it("waits in the queue when its row cannot be written, delays no other, and has its row after a retry", async () => {
            const customer = randomUUID();
            const event = arriving("no JSON", ...about(customer, email(1)));
            aws.answers("TransactWriteItems", () => new Refusal("AccessDeniedException"));

            expect(await sync.invoke(event)).to.deep.equal({ failed: 1, identified: 1 });
            expect(profileOf(customer)).to.deep.equal({ email: "john-1@example.com" });
            const [waiting] = retries();
            expect(waiting?.["MessageBody"]).to.equal("no JSON");
            expect(await rowsOf(idsIn(event))).to.deep.equal([]);
            const [id = ""] = idsIn(event);
            const retried = {
                ...sqsRecord("m-1", "no JSON", { notificationId: id, publishedAt: "2026-11-20T10:11:12.000Z" }),
            };
            expect(await sync.invoke({ Records: [retried] })).to.deep.equal({
                batchItemFailures: [{ itemIdentifier: "m-1" }],
            });

            aws.reset();
            expect(await sync.invoke({ Records: [retried] })).to.deep.equal({ batchItemFailures: [] });
            expect(await rowsOf([id])).to.have.length(1);
            expect(lines(sync, "Customer notification skipped")).to.have.length(1);
        });
    });

    it("ignores notifications of other types without a warning", async () => {
        const event = snsEvent(
            changeNotification("ResourceCreated", { resource: { typeId: "subscription", id: "s-1" } }),
            ...about(randomUUID(), platformMessage("CustomerTitleSet", 2, { title: "Dr." })),
            { ...customerCreated(), resource: { typeId: "customer-password-token", id: "t-1" }, value: "token-9" },
            seedPayload,
        );
        const [, , , confirmation] = event.Records;
        if (confirmation) confirmation.Sns.Type = "SubscriptionConfirmation";

        expect(await sync.invoke(event)).to.deep.equal({ ignored: 3 });
        expect(segment.requests).to.deep.equal([]);
        expect(sync.log.map(({ level }) => level)).not.to.include.oneOf(["warn", "error"]);
    });

    describe("when Segment does not confirm", () => {
        const gone = { status: 401 };

        it("sends the others, and queues only the failed notification, unchanged", async () => {
            segment.mishaps.push(gone);
            const payloads = [1, 2, 3].map(() => about(randomUUID(), email(1))[0]);
            expect(await sync.invoke(snsEvent(...payloads))).to.deep.equal({ identified: 2, failed: 1 });

            const [waiting, ...more] = retries();
            expect(more).to.deep.equal([]);
            expect(waiting).to.include({ QueueUrl: `${aws.url}/000000000000/retries`, DelaySeconds: 10 });
            const failed = payloads.findIndex((payload) => JSON.stringify(payload) === waiting?.["MessageBody"]);
            expect(waiting?.["MessageAttributes"]).to.deep.equal({
                notificationId: { DataType: "String", StringValue: `message-${failed}` },
                publishedAt: { DataType: "String", StringValue: "2026-11-20T10:11:12.000Z" },
            });
            expect(lines(sync, "The customer could not be identified")[0]).to.have.nested.property(
                "error.message",
                "Segment answered 401",
            );
        });

        it("sends it from the queue as the same event", async () => {
            segment.mishaps.push(gone);
            await sync.invoke(snsEvent({ ...seedPayload, customer: { email: "john-again@example.com" } }));
            expect(await sync.invoke({ Records: retries().map(retried) })).to.deep.equal({ batchItemFailures: [] });

            const ids = segment.requests.flatMap(({ events }) => events.map(({ messageId }) => messageId));
            expect(ids).to.deep.equal(["ct-message-0", "ct-message-0"]);
        });

        it("keeps in the queue only notifications that fail again", async () => {
            segment.mishaps.push(gone);
            const messages = [1, 2, 3].map((number) =>
                sqsRecord(`m-${number}`, about(randomUUID(), email(1))[0], { notificationId: `n-${number}` }),
            );
            const result = await sync.invoke({ Records: messages });

            expect(segment.taken).to.have.length(2);
            expect(result)
                .to.have.property("batchItemFailures")
                .that.has.length(1)
                .and.satisfies(([{ itemIdentifier }]: [{ itemIdentifier: string }]) => /^m-\d$/.test(itemIdentifier));
            expect(retries()).to.deep.equal([]);
        });

        it("fails when the queue refuses it too; the next invocation sends the rest", async () => {
            aws.answers("SendMessage", () => new Refusal("AccessDenied", 403));
            segment.mishaps.push(gone);
            const event = snsEvent(...[1, 2].map(() => about(randomUUID(), email(1))[0]));
            const error = await sync.invoke(event).catch((thrown: unknown) => thrown);
            expect(error).to.be.instanceOf(Error).and.to.have.property("name", "AccessDenied");

            expect(await sync.invoke(event)).to.deep.equal({ identified: 1, known: 1 });
        });

        it("sends no older change after a change that may have arrived", async () => {
            const customer = randomUUID();
            segment.mishaps.push(gone);
            await sync.invoke(snsEvent(...about(customer, email(6))));
            expect(await sync.invoke(snsEvent(...about(customer, email(5))))).to.deep.equal({ known: 1 });
            await sync.invoke({ Records: retries().map(retried) });

            expect(profileOf(customer)).to.deep.equal({ email: "john-6@example.com" });
        });
    });

    it("sends a change once, although copies arrive at the same moment and later", async () => {
        const event = snsEvent(...about(randomUUID(), email(1)));
        const counts = await Promise.all([sync.invoke(event), sync.invoke(event), sync.invoke(event)]);

        expect(counts).to.have.deep.members([{ identified: 1 }, { known: 1 }, { known: 1 }]);
        expect(await sync.invoke(event)).to.deep.equal({ known: 1 });
        expect(segment.requests).to.have.length(1);
    });

    it("sends only those traits of a change that no newer change has sent", async () => {
        const customer = randomUUID();
        await sync.invoke(snsEvent(...about(customer, email(6), firstName(4, "Jane"))));
        await sync.invoke(snsEvent(...about(customer, customerCreated(1))));

        expect(profileOf(customer)).to.deep.equal({
            email: "john-6@example.com",
            firstName: "Jane",
            lastName: "Doe",
            birthday: null,
            company: null,
            phone: null,
            createdAt: "2022-09-19T14:34:35.843Z",
            address: { street: "Any Street 1337", city: "Any City", postalCode: "11111", country: "US" },
        });
    });

    it("sends nothing about a deleted customer, not even a late change", async () => {
        const customer = randomUUID();
        const [deleted] = about(customer, changeNotification("ResourceDeleted", { dataErasure: true }));
        expect(await sync.invoke(snsEvent(deleted))).to.deep.equal({ deleted: 1 });
        expect(await sync.invoke(snsEvent(...about(customer, email(3))))).to.deep.equal({ ignored: 1 });

        expect(segment.requests).to.deep.equal([]);
        expect(lines(sync, "Customer deleted: no more updates are sent to Segment")[0]).to.include({
            customer,
            dataErasure: true,
        });
    });

    it("knows a customer by the id alone: some messages lack the project", async () => {
        const deletion = changeNotification("ResourceDeleted");
        const without = { projectKey: undefined };
        for (const [gone, late] of [
            [deletion, (customer: string) => about(customer, { ...email(3), ...without })],
            [{ ...deletion, ...without }, (customer: string) => about(customer, email(3))],
            [deletion, (id: string) => [{ ...seedPayload, customer: { ...seedPayload.customer, id } }]],
        ] as const) {
            const customer = randomUUID();
            expect(await sync.invoke(snsEvent(...about(customer, gone)))).to.deep.equal({ deleted: 1 });
            expect(await sync.invoke(snsEvent(...late(customer)))).to.deep.equal({ ignored: 1 });
        }
        expect(segment.requests).to.deep.equal([]);
    });

    describe("one person", () => {
        const address = () => `john-${randomUUID()}@example.com`;
        const created = (customer: string, mail: string, at: string, firstName = "John") =>
            about(customer, {
                ...customerCreated(1, { id: customer, email: mail, firstName }),
                lastModifiedAt: at,
                id: randomUUID(),
            })[0];
        const seed = (mail: string, at: string, name: string) => ({
            ...seedPayload,
            lastModifiedAt: at,
            customer: { email: mail, firstName: name },
        });
        const deleted = (customer: string, mail: string, at: string) => ({
            ...about(customer, platformMessage("CustomerDeleted", 9, { email: mail }))[0],
            lastModifiedAt: at,
        });
        const idsOfProfiles = () =>
            segment.profiles.map(({ ids }) => ids.filter((id) => segment.taken.some(({ userId }) => userId === id)));
        /** One invocation each. */
        const arrive = async (...payloads: readonly unknown[]) => {
            for (const payload of payloads) {
                const [record] = snsEvent(payload).Records;
                if (record)
                    await sync.invoke({ Records: [{ ...record, Sns: { ...record.Sns, MessageId: randomUUID() } }] });
            }
        };

        it("is joined with what came by the address alone, before and after", async () => {
            const [customer, mail] = [randomUUID(), address()];
            await arrive(
                seed(mail, "2026-01-01T00:00:00Z", "Jane"),
                created(customer, mail, "2026-01-02T00:00:00Z"),
                seed(mail, "2026-01-03T00:00:00Z", "Johnny"),
            );
            expect(segment.profiles).to.have.length(1);
            expect(segment.profiles[0]?.traits).to.include({ firstName: "Johnny", lastName: "Doe" });
        });

        it("is never another customer that has the address later", async () => {
            const [one, other, third, mail] = [randomUUID(), randomUUID(), randomUUID(), address()];
            const [moved] = about(one, email(2, address()));
            await arrive(
                created(one, mail, "2026-01-01T00:00:00Z"),
                moved,
                created(other, mail, "2026-01-02T00:00:00Z"),
                deleted(one, mail, "2026-01-03T00:00:00Z"),
                created(third, mail, "2026-01-04T00:00:00Z"),
            );
            expect(idsOfProfiles()).to.have.deep.members([[one], [other], [third]]);
        });

        it("is not who was deleted before anything told of both the id and the address", async () => {
            const [one, other, mail] = [randomUUID(), randomUUID(), address()];
            await arrive(
                seed(mail, "2026-01-01T00:00:00Z", "Jane"),
                deleted(one, mail, "2026-01-02T00:00:00Z"),
                created(other, mail, "2026-01-03T00:00:00Z"),
            );
            expect(segment.profiles).to.have.length(2);
        });

        it("keeps the newest values, by the time of the change, whichever way they came", async () => {
            const [customer, mail] = [randomUUID(), address()];
            await arrive(
                created(customer, mail, "2026-01-02T00:00:00Z"),
                seed(mail, "2026-01-01T00:00:00Z", "Late"),
                seed(mail, "2026-01-05T00:00:00Z", "Newest"),
                seed(mail, "2026-01-04T00:00:00Z", "Late"),
                { ...about(customer, firstName(2, "Late"))[0], lastModifiedAt: "2026-01-03T00:00:00Z" },
            );
            expect(segment.profiles.map(({ traits }) => traits["firstName"])).to.deep.equal(["Newest"]);
            const [early, other] = [randomUUID(), address()];
            await arrive(
                seed(other, "2026-01-05T00:00:00Z", "Newest"),
                created(early, other, "2026-01-02T00:00:00Z", "Late"),
            );
            expect(segment.profiles.at(-1)?.traits).to.include({ firstName: "Newest", lastName: "Doe" });
        });

        it("keeps the newest values when all come at the same moment", async () => {
            const [customer, mail] = [randomUUID(), address()];
            const both = [
                seed(mail, "2026-01-05T00:00:00Z", "Newest"),
                created(customer, mail, "2026-01-02T00:00:00Z", "Late"),
            ];
            await sync.invoke(snsEvent(...both));
            const again = both.map((payload, index) =>
                sqsRecord(`m-${index}`, payload, { notificationId: `message-${index}` }),
            );
            await sync.invoke({ Records: again });
            expect(segment.profiles.map(({ traits }) => traits["firstName"])).to.deep.equal(["Newest"]);
        });

        it("is not told of what was changed before its deletion", async () => {
            for (const deletedBy of ["message", "change"]) {
                segment.reset();
                const [customer, mail] = [randomUUID(), address()];
                const [gone] = about(
                    customer,
                    changeNotification("ResourceDeleted", { modifiedAt: "2026-01-03T00:00:00Z" }),
                );
                await arrive(
                    created(customer, mail, "2026-01-01T00:00:00Z"),
                    deletedBy === "message" ? deleted(customer, mail, "2026-01-03T00:00:00Z") : gone,
                    seed(mail, "2026-01-02T00:00:00Z", "Late"),
                );
                expect(segment.requests, deletedBy).to.have.length(1);
                await arrive(seed(mail, "2026-01-04T00:00:00Z", "New"));
                expect(segment.requests, deletedBy).to.have.length(2);
            }
        });
    });

    it("stores only the id and the change positions of a customer, for 90 days", async () => {
        const customer = randomUUID();
        await sync.invoke(snsEvent(...about(customer, customerCreated(1))));

        const item = await database.get("customers", { customer });
        expect(JSON.stringify(item)).not.to.match(personal);
        expect(item).to.have.keys(["customer", "marks", "expiresAt"]);
        expect(item?.["expiresAt"]).to.be.closeTo(Date.now() / 1000 + 90 * 86_400, 60);
    });

    it("waits for the lock of the same customer, and retries later when that takes too long", async () => {
        const customer = randomUUID();
        const lease = { customer, holder: "another", leaseUntil: Date.now() + 60_000 };
        await database.put("customers", lease);
        expect(await sync.invoke(snsEvent(...about(customer, email(1))))).to.deep.equal({ failed: 1 });
        expect(retries()).to.have.length(1);

        await database.put("customers", { ...lease, leaseUntil: Date.now() + 300 });
        expect(await sync.invoke(snsEvent(...about(customer, email(1))))).to.deep.equal({ identified: 1 });
    });

    describe("with access to the API of commercetools", () => {
        const state = (customer: string, version: number, over: object = {}) => {
            const whole = commercetoolsCustomer({ id: customer, version, ...over });
            commercetools.customers.set(customer, whole);
            return whole;
        };
        const asked = () => commercetools.requests.filter((request) => request.startsWith("GET"));

        for (const [what, payload] of [
            ["a change without values", changeNotification("ResourceUpdated")],
            ["a CloudEvent without its payload", cloudEvent(customerCreated(), false)],
            ["a change that says nothing of its own", platformMessage("CustomerDefaultBillingAddressSet", 2, {})],
        ] as const) {
            it(`sends the customer's current state for ${what}`, async () => {
                const customer = randomUUID();
                state(customer, 7, { lastName: undefined, addresses: [] });
                const [notification] = about(customer, { ...payload, subject: customer });
                expect(await reading.invoke(snsEvent(notification))).to.deep.equal({ identified: 1 });

                expect(segment.taken[0]).to.deep.include({
                    userId: customer,
                    messageId: `ct-demo-${customer}-7`,
                    timestamp: "2022-09-19T14:34:35.843Z",
                    traits: {
                        email: "johndoe@example.com",
                        firstName: "John",
                        lastName: null,
                        name: "John",
                        birthday: null,
                        company: null,
                        phone: null,
                        createdAt: "2022-09-19T14:34:35.843Z",
                        address: null,
                    },
                });
            });
        }

        it("reads a customer once for all its changes, and sends a state once", async () => {
            const customer = randomUUID();
            state(customer, 3);
            const changes = about(customer, email(1), firstName(2, "Jane"), changeNotification("ResourceUpdated"));
            expect(await reading.invoke(snsEvent(...changes))).to.deep.equal({ identified: 3 });
            expect(asked()).to.deep.equal([`GET /demo/customers/${customer}`]);
            expect(await reading.invoke(snsEvent(...changes))).to.deep.equal({ known: 3 });

            expect(segment.requests).to.have.length(1);
        });

        it("requests one token, and another one when it is refused", async () => {
            const customers = [randomUUID(), randomUUID(), randomUUID()];
            for (const [index, customer] of customers.entries()) {
                state(customer, 1);
                if (index === 2) commercetools.revokeTokens();
                expect(await reading.invoke(snsEvent(...about(customer, email(1))))).to.deep.equal({ identified: 1 });
            }
            const tokens = commercetools.requests.filter((request) => request === "POST /auth/oauth/token");
            // The first may have been asked for by an earlier test.
            expect(tokens).to.have.length.within(1, 2);
            expect(commercetools.requests.slice(-3)).to.deep.equal([
                `GET /demo/customers/${customers[2]}`,
                "POST /auth/oauth/token",
                `GET /demo/customers/${customers[2]}`,
            ]);
        });

        it("retries a customer that the API does not find, and sends it once it is found", async () => {
            const customer = randomUUID();
            expect(await reading.invoke(snsEvent(...about(customer, email(1))))).to.deep.equal({ failed: 1 });
            expect(segment.requests).to.deep.equal([]);
            state(customer, 1);
            await reading.invoke({ Records: retries().map(retried) });
            expect(segment.taken.map(({ messageId }) => messageId)).to.deep.equal([`ct-demo-${customer}-1`]);
            // Deleted: a change no newer than the one Segment has needs no retry, and a newer one does.
            commercetools.customers.delete(customer);
            expect(await reading.invoke(snsEvent(...about(customer, email(1))))).to.deep.equal({ known: 1 });
            expect(await reading.invoke(snsEvent(...about(customer, email(2))))).to.deep.equal({ failed: 1 });
            // Only its deletion says that it is gone.
            await reading.invoke(snsEvent(...about(customer, changeNotification("ResourceDeleted"))));
            expect(await reading.invoke(snsEvent(...about(customer, email(2))))).to.deep.equal({ ignored: 1 });
        });

        it("retries when the API's answer is older than the change", async () => {
            const customer = randomUUID();
            state(customer, 1);
            expect(await reading.invoke(snsEvent(...about(customer, email(2))))).to.deep.equal({ failed: 1 });
            state(customer, 2);
            await reading.invoke({ Records: retries().map(retried) });

            expect(segment.taken.map(({ messageId }) => messageId)).to.deep.equal([`ct-demo-${customer}-2`]);
        });

        it("sends no state after a newer one", async () => {
            const customer = randomUUID();
            state(customer, 9);
            await reading.invoke(snsEvent(...about(customer, email(9))));
            state(customer, 8);
            expect(await reading.invoke(snsEvent(...about(customer, email(8))))).to.deep.equal({ known: 1 });
        });

        for (const status of [403, 429, 500]) {
            it(`retries later when the API answers ${status}`, async () => {
                const customer = randomUUID();
                state(customer, 1);
                commercetools.mishaps.push(status);
                expect(await reading.invoke(snsEvent(...about(customer, email(1))))).to.deep.equal({ failed: 1 });

                expect(retries()).to.have.length(1);
                expect(lines(reading, "The customer could not be identified")[0]).to.have.nested.property(
                    "error.message",
                    `the API answered ${status}`,
                );
            });
        }

        it("sends the content of a notification of another project", async () => {
            const customer = randomUUID();
            const [foreign] = about(customer, { ...email(1), projectKey: "other" });
            expect(await reading.invoke(snsEvent(foreign))).to.deep.equal({ identified: 1 });

            expect(commercetools.requests).to.deep.equal([]);
            expect(profileOf(customer)).to.deep.equal({ email: "john-1@example.com" });
        });

        it("reads the customer for those changes whose project is known, in whichever order they come", async () => {
            const { projectKey: _, ...told } = firstName(1, "Johnny");
            for (const order of ["first", "last"]) {
                segment.reset();
                const customer = randomUUID();
                commercetools.customers.set(customer, commercetoolsCustomer({ id: customer, version: 2 }));
                const both = about(customer, { ...told, sequenceNumber: undefined }, email(2));
                await reading.invoke(snsEvent(...(order === "first" ? both : both.toReversed())));
                expect(asked().filter((path) => path.includes(customer))).to.have.length(1);
                expect(profileOf(customer), order).to.include({ firstName: "Johnny", email: "johndoe@example.com" });
            }
        });

        it("sends the source system's payload as it is: it has no customer id to read", async () => {
            const payload = {
                ...seedPayload,
                customer: { ...seedPayload.customer, email: `john-${randomUUID()}@example.com` },
            };
            expect(await reading.invoke(snsEvent(payload))).to.deep.equal({ identified: 1 });
            expect(commercetools.requests).to.deep.equal([]);
        });
    });

    it("does not start without a write key, and does not quote its secret", async () => {
        answerSecrets({ ...secrets(), [secretArn("segment")]: '{"key": "write-key-1"}' })(aws);

        const error = await new Callback(aws, "webhookFanout/customerSync").start().then(() => "it did", String);

        expect(error)
            .to.match(/the Segment secret has no writeKey/)
            .and.not.to.match(/write-key-1/);
    });

    /** A message of the retry queue, as Lambda hands it over. */
    function retried(sent: Readonly<Record<string, unknown>>, index: number) {
        const attributes = sent["MessageAttributes"] as Record<string, { StringValue: string }>;
        const texts = Object.entries(attributes).map(([name, { StringValue }]) => [name, StringValue]);
        return sqsRecord(`retry-${index}`, sent["MessageBody"], Object.fromEntries(texts));
    }
});
