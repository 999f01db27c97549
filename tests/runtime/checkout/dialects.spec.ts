import { expect } from "chai";
import { dialectOf } from "../../../runtime/checkoutSessions/api/dialects.ts";
import { protocolVersion, supportedVersions } from "../../../runtime/checkoutSessions/domain/protocol.ts";
import { payingWith, readyCart } from "../support/checkout.ts";

describe("versions of the protocol", () => {
    it("are served from the oldest to the newest, of which ours is one", () => {
        expect(supportedVersions).to.deep.equal([...supportedVersions].sort());
        expect(supportedVersions).to.include(protocolVersion);
    });

    for (const version of supportedVersions) {
        it(`have requests of their own: ${version}`, () => {
            const dialect = dialectOf(version);

            expect(dialect?.create(readyCart)).to.equal(true);
            expect(dialect?.create({ ...readyCart, surprise: 1 })).to.equal(false);
            expect(dialect?.update({})).to.equal(true);
            expect(dialect?.update({ currency: "usd" })).to.equal(false);
            expect(dialect?.complete(payingWith("spt_success"))).to.equal(true);
            expect(dialect?.complete({})).to.equal(false);
            expect(dialect?.cancel({})).to.equal(true);
            expect(dialect?.cancel([])).to.equal(false);
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
            expect(dialectOf(version)).to.equal(undefined);
        });
    }
});
