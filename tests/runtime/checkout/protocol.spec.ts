import { expect } from "chai";
import { cancelIn, completeIn, createIn, updateIn } from "../../../runtime/checkoutSessions/api/parse.ts";
import {
    protocolVersion,
    servedVersion,
    supportedVersions,
} from "../../../runtime/checkoutSessions/domain/protocol.ts";
import type { HttpRequest } from "../../../runtime/shared/http.ts";
import { callOf, payingWith, readyCart } from "../support/checkout.ts";
import { httpRequest } from "../support/events.ts";

function posting(body: unknown): HttpRequest {
    // What API Gateway hands over.
    const request: unknown = httpRequest({ headers: { "idempotency-key": "key" }, body: JSON.stringify(body) });
    return request as HttpRequest;
}

describe("versions of the protocol", () => {
    it("are served from the oldest to the newest, of which ours is one", () => {
        expect(supportedVersions).to.deep.equal([...supportedVersions].sort());
        expect(supportedVersions).to.include(protocolVersion);
    });

    for (const version of supportedVersions) {
        it(`have requests of their own: ${version}`, () => {
            const call = { ...callOf({}), version };
            const holder = { holder: "invocation", until: 0 };
            const complete = (body: unknown) => completeIn(posting(body), call, holder);

            expect(servedVersion(version)).to.equal(version);
            expect(createIn(posting(readyCart), call)).to.deep.include({ name: "create", body: readyCart });
            expect(createIn(posting({ ...readyCart, surprise: 1 }), call)).to.have.property("problem");
            expect(updateIn(posting({}), call)).to.deep.include({ name: "update", body: {} });
            expect(updateIn(posting({ currency: "usd" }), call)).to.have.property("problem");
            expect(complete(payingWith("spt_success"))).to.deep.include({ name: "complete", holder });
            expect(complete({})).to.have.property("problem");
            expect(cancelIn(posting({}), call)).to.deep.include({ name: "cancel", body: {} });
            expect(cancelIn(posting([]), call)).to.have.property("problem");
        });
    }

    for (const version of [
        undefined,
        "",
        "2026-01-30",
        "2026-04-17 ",
        "2026-04-17,2026-01-30",
        "constructor",
        "__proto__",
    ]) {
        it(`are not ${JSON.stringify(version)}`, () => {
            expect(servedVersion(version)).to.equal(undefined);
        });
    }
});
