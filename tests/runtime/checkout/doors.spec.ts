import { randomUUID } from "node:crypto";
import { expect } from "chai";
import type { JsonObject } from "../../../runtime/shared/json.ts";
import { storedKeys } from "../../storedKeys.ts";
import { faults, type OlderVersion, olderVersions, sessionFaults } from "../support/acpVersions.ts";
import type { Aws } from "../support/aws.ts";
import { expectSound, guide, mug, payingWith, sell } from "../support/checkout.ts";
import { ask, type CallbackAsking } from "../support/checkoutCallbacks.ts";
import { Database } from "../support/database.ts";
import { sanFrancisco } from "../support/market.ts";
import { secretArn, started, startedAws, startedCallback } from "../support/started.ts";

const keys = storedKeys({ agent: { key: "key-of-agent", scopes: ["checkout"] } });
const secret = () => ({ ARN: secretArn("api-keys"), Name: "keys", SecretString: JSON.stringify(keys), VersionId: "1" });

const create = "POST /checkout_sessions";
const read = "GET /checkout_sessions/{id}";
const update = "POST /checkout_sessions/{id}";
const cancel = "POST /checkout_sessions/{id}/cancel";
const complete = "POST /checkout_sessions/{id}/complete";
const buyer = { first_name: "Jo", last_name: "Doe", email: "jo@example.com" };

/** The requests of a purchase in the words of a version. */
function purchaseIn(
    version: OlderVersion,
    lines = [
        { id: "mug", quantity: 2 },
        { id: "guide", quantity: 1 },
    ],
) {
    const goods =
        version === "2026-01-30" ? { line_items: lines, currency: "usd", capabilities: {} } : { items: lines };
    const chosen = { option_id: "shipping_standard", item_ids: ["mug"] };
    const token = (spt: string) =>
        version === "2026-01-30"
            ? { handler_id: "card_tokenized", instrument: { type: "card", credential: { type: "spt", token: spt } } }
            : { token: spt, provider: "stripe" };
    return {
        create: {
            ...goods,
            buyer,
            ...(version === "2025-09-29"
                ? { fulfillment_address: sanFrancisco }
                : { fulfillment_details: { email: "jo@example.com", address: sanFrancisco } }),
        },
        select:
            version === "2025-09-29"
                ? { fulfillment_option_id: chosen.option_id }
                : {
                      selected_fulfillment_options: [
                          { type: "shipping", ...(version === "2026-01-30" ? chosen : { shipping: chosen }) },
                      ],
                  },
        pay: (spt = "spt_success") => ({ payment_data: { ...token(spt), billing_address: sanFrancisco } }),
    };
}

describe("the doors of the checkout", () => {
    const database = started(new Database(), (own) => sell(own, guide, mug));
    const aws = startedAws(database, (own: Aws) => own.answers("GetSecretValue", secret));
    const manager = startedCallback(aws, "checkoutSessions/manage");
    const completer = startedCallback(aws, "checkoutSessions/complete");

    /** A request in a version, without a key unless it has one. */
    async function asked(version: string, route: string, asking: CallbackAsking = {}) {
        const headers = { "api-version": version, ...asking.headers };
        const answer = await ask(route === complete ? completer : manager, route, { ...asking, headers });
        // What a version says has its own form.
        return { ...answer, json: answer.json as unknown as JsonObject };
    }
    const keyless = { headers: { "idempotency-key": undefined as unknown as string } };

    async function readyIn(version: OlderVersion): Promise<string> {
        const { json } = await asked(version, create, { body: purchaseIn(version).create });
        const id = String(json["id"]);
        const selected = await asked(version, update, { id, body: purchaseIn(version).select });
        expect(selected.json, JSON.stringify(selected.json)).to.include({ status: "ready_for_payment" });
        return id;
    }

    for (const version of olderVersions) {
        it(`lead through a purchase in ACP ${version}, without a key, to one order`, async () => {
            const { create: body, select, pay } = purchaseIn(version);
            const created = await asked(version, create, { body, ...keyless });
            expect(created.status, JSON.stringify(created.json)).to.equal(201);
            const id = String(created.json["id"]);
            const selected = await asked(version, update, { id, body: select, ...keyless });
            const completed = await asked(version, complete, { id, body: pay(), ...keyless });
            const again = await asked(version, complete, { id, body: pay(), ...keyless });

            for (const { json } of [created, selected, completed])
                expect(sessionFaults(version, json)).to.deep.equal([]);
            expect(selected.json).to.include({ status: "ready_for_payment" });
            expect(completed.json).to.include({ status: "completed" });
            expect(again.status).to.equal(409);
            expect(faults(version, "Error", again.json)).to.deep.equal([]);
            const { session } = (await expectSound(database, id)).last ?? expect.fail("there is no session");
            expect(session.order).to.have.property("status", "created");
            const newer = await asked("2026-04-17", read, { id });
            expect(newer.json["totals"]).to.deep.equal(session.totals);
        });

        it(`answer a card that must be authenticated with ready_for_payment in ACP ${version}, and charge another`, async () => {
            const id = await readyIn(version);
            const challenged = await asked(version, complete, { id, body: purchaseIn(version).pay("spt_3ds") });
            expect(sessionFaults(version, challenged.json)).to.deep.equal([]);
            expect(challenged.json).to.include({ status: "ready_for_payment" });
            expect(JSON.stringify(challenged.json["messages"])).to.contain("requires_3ds");
            expect((await expectSound(database, id)).taken).to.deep.equal([]);

            const paid = await asked(version, complete, { id, body: purchaseIn(version).pay() });
            expect(paid.json).to.include({ status: "completed" });
            await expectSound(database, id);
        });
    }

    it("let an older version pay with another card what a newer one has been told to authenticate", async () => {
        for (const version of olderVersions) {
            const id = await readyIn(version);
            const body = payingWith("spt_3ds");
            expect((await asked("2026-04-17", complete, { id, body })).json).to.include({
                status: "authentication_required",
            });

            const seen = await asked(version, read, { id });
            expect(sessionFaults(version, seen.json)).to.deep.equal([]);
            expect(seen.json).to.include({ status: "ready_for_payment" });
            expect(JSON.stringify(seen.json["messages"])).to.contain("Pay with another card");
            const again = await asked(version, complete, { id, body: purchaseIn(version).pay("spt_3ds") });
            expect(again.json, JSON.stringify(again.json)).to.include({ status: "ready_for_payment" });
            const paid = await asked(version, complete, { id, body: purchaseIn(version).pay() });
            expect(paid.json, JSON.stringify(paid.json)).to.include({ status: "completed" });
            await expectSound(database, id);
        }
    });

    it("let a session change versions, and a repeated request speaks the version of the repeat", async () => {
        const id = await readyIn("2025-09-29");
        const key = randomUUID();
        const address = { ...sanFrancisco, line_one: "2 Side Street" };
        const body = { fulfillment_details: { email: "other@example.com", address } };
        const first = await asked("2026-04-17", update, { id, body, key });
        const repeat = await asked("2026-01-16", update, { id, body, key });
        expect(first.headers).not.to.have.property("idempotent-replayed");
        expect(repeat.headers).to.have.property("idempotent-replayed", "true");
        expect(first.json).to.have.property("capabilities");
        expect(sessionFaults("2026-01-16", repeat.json)).to.deep.equal([]);

        const other = { ...body, buyer };
        expect((await asked("2026-01-16", update, { id, body: other, key })).status).to.equal(409);
        expect((await asked("2026-04-17", update, { id, body: other, key })).status).to.equal(422);
    });

    it("keep a problem for the key, and tell it again in the version of the repeat", async () => {
        const key = randomUUID();
        const id = await readyIn("2026-01-30");
        const body = { selected_fulfillment_options: [{ type: "shipping", option_id: "none", item_ids: ["mug"] }] };
        const first = await asked("2026-01-30", update, { id, body, key });
        const repeat = await asked("2026-04-17", update, { id, body, key });
        expect([first.status, repeat.status]).to.deep.equal([400, 400]);
        expect(repeat.headers).to.have.property("idempotent-replayed", "true");
        expect(repeat.json).to.deep.equal(first.json);
    });

    it("select an option of 2025-09-29 for every line that it fits, and keep contact and digital lines", async () => {
        const lines = [
            { id: "mug", quantity: 1 },
            { id: "guide", quantity: 1 },
        ];
        const details = { email: "gift@example.com", phone_number: "+14155550100", address: sanFrancisco };
        const newBody = { currency: "usd", capabilities: {}, line_items: lines, buyer, fulfillment_details: details };
        const { json: session } = await asked("2026-04-17", create, { body: newBody });
        const id = String(session["id"]);
        const address = { ...sanFrancisco, line_one: "9 Other Street" };
        const moved = { fulfillment_address: address, fulfillment_option_id: "shipping_express" };
        const told = await asked("2025-09-29", update, { id, body: moved });
        expect(told.json, JSON.stringify(told.json)).to.include({ fulfillment_option_id: "shipping_express" });

        const { json } = await asked("2026-04-17", read, { id });
        expect(json["fulfillment_details"]).to.deep.equal({ ...details, name: sanFrancisco.name, address });
        expect(json["selected_fulfillment_options"]).to.deep.equal([
            { type: "shipping", option_id: "shipping_express", item_ids: ["li_1"] },
            { type: "digital", option_id: "digital", item_ids: ["li_2"] },
        ]);

        const unknown = await asked("2025-09-29", update, { id, body: { fulfillment_option_id: "by_pigeon" } });
        expect(unknown.json).to.deep.include({ code: "invalid", param: "$.fulfillment_option_id" });
    });

    it("ignore unknown members of older versions, whose names are logged, and refuse another payment provider", async () => {
        const { create: body, pay } = purchaseIn("2026-01-16");
        const created = await asked("2026-01-16", create, { body: { ...body, surprise: "secret", locale: "en" } });
        expect(created.status).to.equal(201);
        const line = manager.log.find(
            ({ message }) => message === "The request has members that its version does not define",
        );
        expect(line).to.deep.include({ members: ["surprise", "locale"] });
        expect(manager.text()).not.to.contain('"secret"');

        const id = String(created.json["id"]);
        const foreign = { payment_data: { ...pay().payment_data, provider: "adyen" } };
        const refused = await asked("2026-01-16", complete, { id, body: foreign });
        expect(refused.json).to.include({ code: "invalid", param: "$.payment_data.provider" });
    });

    it("are closed to versions that are not served, which the answer lists, newest first", async () => {
        for (const version of ["2026-01-22", "unreleased", "2026-05-01"]) {
            const { status, json } = await asked(version, cancel, { id: "cs_1", body: {} });
            expect(status).to.equal(400);
            expect(json["code"]).to.equal("unsupported_api_version");
            expect(json["supported_versions"]).to.deep.equal(["2026-04-17", ...olderVersions.toReversed()]);
        }
    });
});
