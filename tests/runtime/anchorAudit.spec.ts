import { randomUUID } from "node:crypto";
import { expect } from "chai";
import { anchorIn } from "../../runtime/shared/auditAnchor.ts";
import { AuditTrail } from "../../runtime/shared/auditTrail.ts";
import { Refusal } from "./support/aws.ts";
import { Database } from "./support/database.ts";
import { started, startedAws, startedCallback } from "./support/started.ts";

describe("anchorAudit: heads of the audit trail", () => {
    const database = started(new Database());
    const aws = startedAws(database);
    const anchor = startedCallback(aws, "webhookFanout/anchorAudit");
    beforeEach(() => database.clear("audit"));

    const append = async (subscriber: string) => {
        const trail = new AuditTrail(database.client, { table: "audit", subscriber, days: 30, random: () => 0 });
        const entry = {
            messageType: "a",
            correlationId: "c",
            contentHash: "0",
            outcome: "processed",
            result: {},
        } as const;
        await trail.record({ ...entry, messageId: randomUUID() });
    };
    /** The anchors that were put, with the keys. */
    const anchors = () =>
        aws.inputs("PutObject").map(({ path, body }) => ({ key: String(path), ...anchorIn(String(body)) }));

    it("are copied to an object of the day, with their ends of time, and only once while they stay", async () => {
        await append("record");
        await append("alert");
        await append("alert");
        await anchor.invoke({});
        await anchor.invoke({});

        const [{ key, heads } = { heads: [] }, ...others] = anchors();
        expect(others).to.deep.equal([]);
        expect(decodeURIComponent(key ?? "")).to.match(/^\/anchors\/heads\/(\d{4}-\d\d-\d\d)\/\1T.*Z\.json$/);
        expect(heads.map(({ chain, rows }) => [chain.split("#")[0], rows])).to.deep.equal([
            ["alert", 2],
            ["record", 1],
        ]);
        for (const { expiresAt } of heads) expect(expiresAt).to.be.greaterThan(Date.now() / 1000 + 29 * 86_400);
        await append("record");
        await anchor.invoke({});
        expect(anchors()).to.have.length(2);
    });

    it("that do not continue their anchors fail the function, and stay anchored", async () => {
        await append("record");
        await append("alert");
        await anchor.invoke({});
        const [head] = anchors()[0]?.heads ?? [];
        await database.put("audit", { ...head, sequence: 0, rows: 0 });
        await append("record");
        const error = await anchor.invoke({}).then(
            () => undefined,
            (thrown: unknown) => String(thrown),
        );
        expect(error).to.contain("BrokenTrailError").and.to.contain(head?.chain);
        expect(anchors().at(-1)?.heads).to.deep.include(head).and.to.have.length(2);
    });

    it("fail the function where the bucket cannot be written", async () => {
        await append("record");
        aws.answers("PutObject", () => new Refusal("AccessDenied", 403));
        expect(await anchor.invoke({}).catch(() => "failed")).to.equal("failed");
    });
});
