import { createHmac, createPublicKey, verify } from "node:crypto";
import { expect } from "chai";
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { newDelivery } from "../../runtime/webhookFanout/delivery/newDelivery.ts";
import { SigningError, signatureHeaders } from "../../runtime/webhookFanout/delivery/signature.ts";
import { endpointItem, outboundEvent } from "./support/outbound.ts";
import { verified as verifiedBy } from "./support/sending.ts";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const older = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
const at = Date.parse("2026-11-20T10:11:12.987Z");
const body = '{"type":"order_create","data":{"id":"ord_1"}}';
const signable = { id: "cs_1:4:order_create", at, body };

const verified = (key: string, headers: Record<string, string>, payload = body) =>
    verifiedBy({ headers, body: payload }, key);

describe("the signature of Standard Webhooks", () => {
    it("is verified by the receivers' library", () => {
        const headers = signatureHeaders("standard", signable, [{ scheme: "v1", secret }]);

        expect(verified(secret, headers)).to.deep.equal(JSON.parse(body));
        expect(headers).to.include({ "webhook-id": signable.id, "webhook-timestamp": "1795169472" });
    });

    it("is the very one that the library makes, of any body and secret", () => {
        fc.assert(
            fc.property(
                fc.string({ unit: "binary" }),
                fc.uint8Array({ minLength: 24, maxLength: 64 }),
                (payload, bytes) => {
                    const key = `whsec_${Buffer.from(bytes).toString("base64")}`;
                    const headers = signatureHeaders("standard", { ...signable, body: payload }, [
                        { scheme: "v1", secret: key },
                    ]);

                    expect(headers["webhook-signature"]).to.equal(
                        new Webhook(key).sign(signable.id, new Date(at), payload),
                    );
                },
            ),
        );
    });

    it("is refused by the library when the body, the id, the time or the secret is another one", () => {
        const headers = signatureHeaders("standard", signable, [{ scheme: "v1", secret }]);

        expect(() => verified(secret, headers, `${body} `)).to.throw();
        expect(() => verified(secret, { ...headers, "webhook-id": "another" })).to.throw();
        expect(() => verified(secret, { ...headers, "webhook-timestamp": "1795169473" })).to.throw();
        expect(() => verified(older, headers)).to.throw();
    });

    // The pair that the documentation of Svix gives as an example.
    const whsk = "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";
    const whpk = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=";

    it("is one of Ed25519 for a secret of v1a, beside the other when the scheme is changed", () => {
        const headers = signatureHeaders("standard", signable, [
            { scheme: "v1a", secret: whsk },
            { scheme: "v1", secret },
        ]);

        const [v1a = "", v1 = ""] = headers["webhook-signature"]?.split(" ") ?? [];
        expect(v1).to.match(/^v1,/);
        const point = Buffer.from(whpk.replace("whpk_", ""), "base64").toString("base64url");
        const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: point }, format: "jwk" });
        const content = Buffer.from(`${signable.id}.1795169472.${body}`);
        expect(v1a).to.match(/^v1a,/);
        expect(verify(null, content, key, Buffer.from(v1a.slice(4), "base64"))).to.equal(true);
        expect(verified(secret, headers)).to.deep.equal(JSON.parse(body));
    });

    it("changes with the time of the attempt, and the id never does", () => {
        const first = signatureHeaders("standard", signable, [{ scheme: "v1", secret }]);
        const second = signatureHeaders("standard", { ...signable, at: at + 5000 }, [{ scheme: "v1", secret }]);

        expect(second["webhook-id"]).to.equal(first["webhook-id"]);
        expect(second["webhook-timestamp"]).to.equal("1795169477");
        expect(second["webhook-signature"]).not.to.equal(first["webhook-signature"]);
    });

    for (const [what, secrets] of [
        ["without a secret", []],
        ["with an empty secret", [{ scheme: "v1", secret: "whsec_" }]],
        ["with half an Ed25519 secret", [{ scheme: "v1a", secret: "whsk_AAAA" }]],
    ] as const) {
        it(`is not made ${what}`, () => {
            expect(() => signatureHeaders("standard", signable, secrets)).to.throw(SigningError);
        });
    }
});

describe("the signature of the Agentic Commerce Protocol", () => {
    const event =
        '{"type":"order_create","data":{"type":"order","id":"ord_1","checkout_session_id":"cs_1",' +
        '"permalink_url":"https://shop.example/orders/ord_1","status":"created"}}';
    const signed = { id: "cs_1:4:order_create", at: 1709123456_789, body: event };

    it("is that of the test vector", () => {
        const headers = signatureHeaders("acp", signed, [{ scheme: "v1", secret: "whsec_test" }]);

        expect(headers).to.deep.equal({
            "merchant-signature": "t=1709123456,v1=3ac8e77b0f1d6477f1dd36843a5b76c71d319613c516150174ed7f442b903add",
            "request-id": "cs_1:4:order_create",
            timestamp: "2024-02-28T12:30:56.789Z",
        });
    });

    it("is of the body alone, in hexadecimal, for the form until 2026-01-30", () => {
        const headers = signatureHeaders("acp", { ...signed, isOlderForm: true }, [{ scheme: "v1", secret }]);

        expect(headers["merchant-signature"]).to.equal(createHmac("sha256", secret).update(event).digest("hex"));
    });

    it("is that of the version that the endpoint pins, whatever the session's", () => {
        const older = { until: "2026-01-30", data: { type: "order", status: "created" } };
        for (const [api_version, completedIn, form] of [
            ["2026-01-30", "2026-04-17", /^[a-f0-9]{64}$/],
            ["2026-04-17", "2025-09-29", /^t=1709123456,v1=[a-f0-9]{64}$/],
        ] as const) {
            const event = outboundEvent({ type: "order_create", completedIn, older });
            const delivery = newDelivery(endpointItem({ kind: "acp", api_version }), event, signed.at);
            const headers = signatureHeaders("acp", { ...signed, ...delivery }, [{ scheme: "v1", secret }]);

            const content = delivery.isOlderForm ? delivery.body : `1709123456.${delivery.body}`;
            const hmac = createHmac("sha256", secret).update(content).digest("hex");
            expect(headers["merchant-signature"]).to.match(form).and.contain(hmac);
        }
    });

    it("has room for one secret: the newest", () => {
        const headers = signatureHeaders("acp", signed, [
            { scheme: "v1", secret },
            { scheme: "v1", secret: older },
        ]);

        const v1 = createHmac("sha256", secret).update(`1709123456.${event}`).digest("hex");
        expect(headers["merchant-signature"]).to.equal(`t=1709123456,v1=${v1}`);
        expect(headers["merchant-signature"]).to.match(/^t=\d+,v1=[a-fA-F0-9]{64}$/);
    });
});
