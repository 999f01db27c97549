import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { parse } from "yaml";
import { newest } from "../../../runtime/checkoutSessions/acp/dialects.ts";
import { cancelIn, completeIn, createIn, updateIn } from "../../../runtime/checkoutSessions/calls/commands.ts";
import type { CommandName, Result } from "../../../runtime/checkoutSessions/domain/call.ts";
import type { Dialect } from "../../../runtime/checkoutSessions/domain/dialect.ts";
import * as problems from "../../../runtime/checkoutSessions/domain/problem.ts";
import type { Order } from "../../../runtime/checkoutSessions/domain/protocol.ts";
import { deliveriesOf } from "../../../runtime/checkoutSessions/events/deliveries.ts";
import type { CheckoutEvent } from "../../../runtime/checkoutSessions/events/event.ts";
import type { JsonObject } from "../../../runtime/shared/json.ts";
import { isProof } from "../../proof.ts";
import { judge } from "../../protocol.ts";
import {
    definitionsOf,
    dialectOf,
    faults,
    lowered,
    olderVersions,
    requestSchemas,
    requestsOf,
    sessionFaults,
} from "../support/acpVersions.ts";
import { valuesOfSchema } from "../support/arbitrary.ts";
import { callOf } from "../support/checkout.ts";
import { sessionStates } from "../support/sessionStates.ts";

const holder = { holder: "invocation", until: 0 };

function commandIn(dialect: Dialect, command: CommandName, body: unknown) {
    const sent = { key: "key", sessionId: "cs_1", body };
    const call = callOf({});
    switch (command) {
        case "create":
            return createIn(sent, call, dialect);
        case "update":
            return updateIn(sent, call, dialect);
        case "complete":
            return completeIn(sent, call, dialect, holder);
        case "cancel":
            return cancelIn(sent, call, dialect);
    }
}

/** What the vocabulary of commands cannot hold: the only official request that is refused. */
const refused: Readonly<Record<string, string>> = {
    "2025-09-29 create_checkout_session_request": "$.items[0].quantity",
};

const told = (dialect: Dialect, result: Result) => dialect.down(result);
const session = (value: object): JsonObject => JSON.parse(JSON.stringify(value));

for (const version of olderVersions) {
    const dialect = dialectOf(version);

    describe(`ACP ${version}`, () => {
        for (const { name, command, body } of requestsOf(version)) {
            const param = refused[`${version} ${name}`];
            const outcome = param === undefined ? "is understood" : `is refused at ${param}`;
            it(`${outcome} in the official ${name}, which loses nothing on its way up`, () => {
                const raised = dialect.up(command, body);
                expect(faults(version, requestSchemas[command], body)).to.deep.equal([]);
                if ("problem" in raised) return expect.fail(raised.problem.error.message);
                expect(lowered(version, command, raised)).to.deep.equal(body);
                expect(raised.ignored).to.deep.equal([]);

                const understood = commandIn(dialect, command, body);
                if (param === undefined) return expect(understood).not.to.have.property("problem");
                if (!("problem" in understood)) return expect.fail("is not refused");
                expect(told(dialect, understood).body).to.include({ code: "invalid", param });
            });
        }

        const definitions = definitionsOf(version);
        for (const [command, schema] of Object.entries(requestSchemas)) {
            if (!(schema in definitions) || !isCommand(command)) continue;
            it(`loses nothing of any request for ${command} on its way up`, () => {
                const requests = valuesOfSchema({ $ref: `#/$defs/${schema}` }, definitions)
                    .filter((body) => faults(version, schema, body).length === 0)
                    .filter((body) => !isUselessAuthentication(version, body));
                fc.assert(
                    fc.property(requests, (body) => {
                        const raised = dialect.up(command, body);
                        if ("problem" in raised) return expect.fail(raised.problem.error.message);
                        expect(lowered(version, command, raised)).to.deep.equal(meant(body));
                        expect(raised.ignored).to.deep.equal([]);
                    }),
                    { numRuns: isProof ? 1000 : 50 },
                );
            });
        }

        for (const [name, state] of Object.entries(sessionStates)) {
            it(`tells a session in its own closed form: ${name}`, () => {
                const { status, body } = told(dialect, { status: 200, session: state });
                expect(status).to.equal(200);
                expect(sessionFaults(version, session(body))).to.deep.equal([]);
            });
        }

        it("tells money that adds up, in sums and in lines", () => {
            for (const [name, state] of Object.entries(sessionStates)) {
                const { body } = told(dialect, { status: 200, session: state });
                // Its form is judged above.
                const { totals, line_items: lines } = body as Sums;
                const amount = (type: string) => totals.find((total) => total.type === type)?.amount ?? 0;
                const sum = amount("subtotal") - amount("discount") + amount("fulfillment") + amount("tax");
                expect(amount("total"), name).to.equal(sum);
                if (version === "2026-01-30") continue;
                for (const line of lines) {
                    expect(line.subtotal, name).to.equal(line.base_amount - line.discount);
                    expect(line.total, name).to.equal(line.subtotal + line.tax);
                }
                const bases = lines.reduce((all, line) => all + line.base_amount, 0);
                expect(bases, name).to.equal(amount("items_base_amount"));
            }
        });

        it("tells every problem in its own closed form, with the path in its words", () => {
            const path = "$.line_items[0].quantity";
            for (const problem of [
                problems.invalid("must be at least 1", path),
                problems.unsupported("is not done here", path),
                problems.missing("is missing", path),
                problems.unknownItem(path),
                problems.authenticationMissing(),
                problems.unauthorized("unknown API key"),
                problems.forbidden(["checkout"]),
                problems.noSuchSession(),
                problems.notAllowed("the checkout session is completed", "GET"),
                problems.ended("completed"),
                problems.contended("the checkout session is being completed"),
                problems.keyConflict(),
                problems.failed(true),
                problems.unavailable("try again in a moment"),
            ]) {
                const { status, body } = told(dialect, { problem });
                expect(faults(version, "Error", body), problem.error.code).to.deep.equal([]);
                expect(status).to.equal(problem.status === 422 ? 409 : problem.status);
                if (version !== "2026-01-30") expect(JSON.stringify(body)).not.to.contain('param":"$.line_items');
            }
        });

        it("ignores members that it does not know, and refuses known ones of a wrong type", () => {
            const [example] = requestsOf(version).filter(({ command }) => command === "update");
            const unknown = { ...example?.body, surprise: { deep: true } };
            const raised = dialect.up("update", unknown);
            expect(raised).to.have.property("ignored").that.deep.equals(["surprise"]);
            expect(commandIn(dialect, "update", unknown)).not.to.have.property("problem");

            const goods = version === "2026-01-30" ? "line_items" : "items";
            for (const [body, param] of [
                [{ [goods]: [{ id: "mug", quantity: 1.5 }] }, `$.${goods}[0].quantity`],
                [{ [goods]: [{ id: 7, quantity: 1 }] }, `$.${goods}[0].id`],
                [{ [goods]: "all" }, `$.${goods}`],
                // Goods of 2026-01-30 have no quantity in its schema.
                ...(version === "2026-01-30"
                    ? []
                    : [[{ [goods]: [{ id: "mug", quantity: 1 }, { id: "mug" }] }, "$.items[1].quantity"] as const]),
                [{ buyer: null }, "$.buyer"],
                [[], "$"],
                ["text", "$"],
            ] as const) {
                const command = commandIn(dialect, "update", body);
                if (!("problem" in command)) return expect.fail(`${JSON.stringify(body)} is not refused`);
                expect(told(dialect, command)).to.deep.include({ status: 400 });
                expect(told(dialect, command).body).to.include({ code: "invalid", param });
            }
        });

        it("announces no challenges, which are not offered in it", () => {
            const { capabilities } = sessionStates.ready;
            const interventions = { supported: ["3ds" as const], required: [], enforcement: "conditional" as const };
            const session = { ...sessionStates.ready, capabilities: { ...capabilities, interventions } };
            expect(JSON.stringify(session)).to.contain('"supports_3ds":true');
            const { body } = told(dialect, { status: 200, session });
            expect(sessionFaults(version, { ...body })).to.deep.equal([]);
            expect(JSON.stringify(body)).not.to.match(/"supports_3ds":true|"supported":\["3ds"\]/);
        });

        it("needs no idempotency key, and a key that was used with another body is a conflict", () => {
            expect(dialect.needsKey).to.equal(false);
            expect(told(dialect, { problem: problems.keyConflict() }).status).to.equal(409);
            expect(newest.down({ problem: problems.keyConflict() }).status).to.equal(422);
        });
    });
}

describe("the order events of a session that was completed in an older version", () => {
    const webhook = readFileSync(join(import.meta.dirname, "../../acp/2026-01-30/webhook.yaml"), "utf8");
    const schemas = parse(webhook.replaceAll("#/components/schemas/", "#/$defs/")).components.schemas;
    const faultsOf = judge(schemas);
    const { id: sessionId, order = expect.fail("there is no order") } = sessionStates.refunded;
    const eventOf = (completedIn: string | undefined, changed: Partial<Order> = {}): CheckoutEvent => ({
        id: `${sessionId}:5`,
        type: "checkout_session.order_updated",
        sessionId,
        version: 5,
        status: "completed",
        timestamp: "2026-05-05T00:00:00.000Z",
        correlationId: "c",
        session: { ...sessionStates.refunded, order: { ...order, ...changed } },
        ...(completedIn !== undefined && { completedIn }),
    });
    const own = (event: CheckoutEvent) => deliveriesOf(event).find(({ type }) => type === "order_update");

    for (const version of olderVersions) {
        it(`have its closed form, with refunds: ${version}`, () => {
            for (const status of [
                "created",
                "confirmed",
                "processing",
                "shipped",
                "delivered",
                "completed",
                "canceled",
            ]) {
                const { type, older } = own(eventOf(version, { status })) ?? expect.fail("there is no event");
                expect(faultsOf("WebhookEvent", { type, data: older?.data }), status).to.deep.equal([]);
            }
            const { older } = own(eventOf(version)) ?? {};
            expect(older?.data).to.deep.include({
                status: "fulfilled",
                refunds: [{ type: "original_payment", amount: 100 }],
            });
        });
    }

    it("name that version, and the last one of the form, by which endpoints get theirs", () => {
        for (const version of [...olderVersions, "2026-04-17"]) {
            const { completedIn, older } = own(eventOf(version)) ?? {};
            expect([completedIn, older?.until]).to.deep.equal([version, "2026-01-30"]);
        }
        expect(own(eventOf(undefined))).not.to.have.property("completedIn");
    });
});

interface Sums {
    readonly totals: readonly { readonly type: string; readonly amount: number }[];
    readonly line_items: readonly Readonly<Record<"base_amount" | "discount" | "subtotal" | "tax" | "total", number>>[];
}

function isCommand(name: string): name is CommandName {
    return name in requestSchemas;
}

/** A selection until 2026-01-16 may have a member of another type than its own, which says nothing. */
function meant(body: unknown): unknown {
    const { selected_fulfillment_options: selected, ...rest } = body as { selected_fulfillment_options?: JsonObject[] };
    const own = ({ type, ...options }: JsonObject) =>
        "option_id" in options ? { type, ...options } : { type, [String(type)]: options[String(type)] };
    return selected === undefined ? body : { ...rest, selected_fulfillment_options: selected.map(own) };
}

/** 2026-01-16 allows an authentication without the details that a charge needs; it is left out on the way up. */
function isUselessAuthentication(version: string, body: unknown): boolean {
    const { authentication_result: result } = body as { authentication_result?: JsonObject };
    const isUsed = result?.["outcome"] === "authenticated" || result?.["outcome"] === "attempt";
    return version === "2026-01-16" && isUsed && result?.["outcome_details"] === undefined;
}

describe("what an older version of ACP leaves out", () => {
    const oldest = dialectOf("2025-09-29");
    const told20251212 = dialectOf("2025-12-12");
    const shown = (dialect: Dialect, name: keyof typeof sessionStates) =>
        session(told(dialect, { status: 200, session: sessionStates[name] }).body);

    it("is a pickup, whose cost stays in the totals, before 2026-01-30", () => {
        const { fulfillment_options: options, selected_fulfillment_options: selected } = shown(
            told20251212,
            "pickup and shipping",
        );
        expect(JSON.stringify([options, selected])).not.to.contain("pickup");
        expect(JSON.stringify(selected)).to.contain("shipping_standard");
    });

    it("is a challenge: the session can be paid in another way", () => {
        for (const version of olderVersions) {
            const { status, messages } = shown(dialectOf(version), "authentication required");
            expect(status).to.equal("ready_for_payment");
            expect(JSON.stringify(messages)).to.contain("requires_3ds");
        }
    });

    it("is a buyer without first and last name, which a full name is split into", () => {
        expect(shown(oldest, "full name")["buyer"]).to.include({ first_name: "Ada", last_name: "King Lovelace" });
        expect(shown(oldest, "one name")).not.to.have.property("buyer");
        expect(shown(dialectOf("2026-01-30"), "one name")).to.have.property("buyer");
    });

    it("is an order of 2025-09-29 unless the session is completed", () => {
        expect(shown(oldest, "completed")).to.have.property("order");
        expect(shown(oldest, "ready")).not.to.have.property("order");
    });
});
