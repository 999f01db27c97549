import { expect } from "chai";
import { signatureOf } from "../../../runtime/feed/signature.ts";
import { Database } from "../support/database.ts";
import { feed, target } from "../support/feed.ts";
import { type Asking, callRoute } from "../support/routes.ts";
import { secretArn, started, startedAws, startedCallback } from "../support/started.ts";

const key = "0123456789abcdef";
const files = [
    target({ name: "open-us", kind: "file", format: "openai-jsonl", hosted: "public", shards: 2 }),
    target({ name: "file-us", kind: "file", format: "google-tsv", hosted: "signed", gzip: false }),
    target({ name: "kept", kind: "file", format: "google-tsv", hosted: "none" }),
];

describe("GET /feeds/{file}", () => {
    const database = started(new Database());
    const aws = startedAws(database, (of) => {
        of.answers("GetSecretValue", ({ SecretId }) => ({
            SecretString: SecretId === secretArn("feed-file-us") ? JSON.stringify({ signingKey: key }) : "{}",
        }));
    });
    const callback = startedCallback(aws, "feed/readFeed", { FEED: JSON.stringify({ ...feed, targets: files }) });
    const read = (id: string, more: Asking = {}) => callRoute(callback, "GET /feeds/{file}", { id, ...more });

    before(async () => {
        const entry = "state";
        await database.put("feed", {
            target: "open-us",
            entry,
            files: { "open-us-1.jsonl.gz": '"one"', "open-us-2.jsonl.gz": '"two"' },
        });
        await database.put("feed", { target: "file-us", entry, files: { "file-us.tsv": '"tsv"' } });
        await database.put("feed", { target: "kept", entry, files: { "kept.tsv.gz": '"kept"' } });
    });

    it("leads to the file, by an address that AWS takes for 15 minutes", async () => {
        const { statusCode, headers } = await read("open-us-2.jsonl.gz");
        expect(statusCode).to.equal(302);
        expect(headers).to.include({ etag: '"two"', "cache-control": "no-cache" });
        const url = new URL(headers["location"] ?? "");
        expect(url.pathname).to.equal("/feed-files/files/open-us/open-us-2.jsonl.gz");
        expect(url.searchParams.get("X-Amz-Expires")).to.equal("900");
        expect(url.searchParams.get("X-Amz-Signature")).to.match(/^[0-9a-f]{64}$/);
    });

    it("answers 304 to who has it", async () => {
        const { statusCode, headers } = await read("open-us-1.jsonl.gz", { headers: { "if-none-match": '"one"' } });
        expect({ statusCode, etag: headers["etag"] }).to.deep.equal({ statusCode: 304, etag: '"one"' });
        expect((await read("open-us-1.jsonl.gz", { headers: { "if-none-match": '"two"' } })).statusCode).to.equal(302);
    });

    it("shows a signed one to who has the signature of this file", async () => {
        const by = async (signature: string) => (await read("file-us.tsv", { query: { signature } })).statusCode;
        expect(await by(signatureOf(key, "file-us.tsv"))).to.equal(302);
        expect(await by(signatureOf(key, "open-us-1.jsonl.gz"))).to.equal(403);
        expect(await by(signatureOf("another-key-of-it", "file-us.tsv"))).to.equal(403);
        expect(await by("")).to.equal(403);
        expect((await read("file-us.tsv")).statusCode).to.equal(403);
    });

    it("knows no other file, and asks to come again for one that is not written yet", async () => {
        for (const name of ["kept.tsv.gz", "open-us.jsonl.gz", "..", ""])
            expect((await read(name)).statusCode, name).to.equal(404);
        await database.put("feed", { target: "open-us", entry: "state" });
        const { statusCode, headers } = await read("open-us-1.jsonl.gz");
        expect({ statusCode, after: headers["retry-after"] }).to.deep.equal({ statusCode: 503, after: "300" });
    });
});
