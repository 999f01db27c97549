import { expect } from "chai";
import { acpDialects } from "../../../runtime/checkoutSessions/acp/dialects.ts";
import { cancelIn, completeIn, createIn, updateIn } from "../../../runtime/checkoutSessions/calls/commands.ts";
import { protocolVersion } from "../../../runtime/checkoutSessions/domain/protocol.ts";
import { callOf, payingWith, readyCart } from "../support/checkout.ts";
import { merchant } from "../support/market.ts";

const acp = acpDialects(merchant);

describe("versions of the protocol", () => {
    it("are served from the oldest to the newest, whose vocabulary commands have", () => {
        expect(acp.versions).to.deep.equal([...acp.versions].sort());
        expect(acp.versions.at(-1)).to.equal(protocolVersion);
        expect(acp.newest.version).to.equal(protocolVersion);
    });

    it("have requests of their own: the newest refuses what it does not know", () => {
        const call = callOf({});
        const dialect = acp.newest;
        const sent = (body: unknown) => ({ key: "key", body });
        const holder = { holder: "invocation", until: 0 };
        const complete = (body: unknown) => completeIn(sent(body), call, dialect, holder);

        expect(createIn(sent(readyCart), call, dialect)).to.deep.include({ name: "create", body: readyCart });
        expect(createIn(sent({ ...readyCart, surprise: 1 }), call, dialect)).to.have.property("problem");
        expect(updateIn(sent({}), call, dialect)).to.deep.include({ name: "update", body: {} });
        expect(updateIn(sent({ currency: "usd" }), call, dialect)).to.have.property("problem");
        expect(complete(payingWith("spt_success"))).to.deep.include({ name: "complete", holder });
        expect(complete({})).to.have.property("problem");
        expect(cancelIn(sent({}), call, dialect)).to.deep.include({ name: "cancel", body: {} });
        expect(cancelIn(sent([]), call, dialect)).to.have.property("problem");
    });

    for (const version of acp.versions) {
        it(`are known by their name: ${version}`, async () => {
            expect(await acp.named(version)).to.have.property("version", version);
        });
    }

    for (const version of ["", "2026-01-22", "2026-04-17 ", "2026-04-17,2026-01-30", "constructor", "__proto__"]) {
        it(`are not ${JSON.stringify(version)}`, async () => {
            expect(await acp.named(version)).to.equal(undefined);
        });
    }
});
