import { once } from "node:events";
import http from "node:http";
import { text } from "node:stream/consumers";
import {
    CompleteMultipartUploadCommand,
    CreateBucketCommand,
    CreateMultipartUploadCommand,
    DeleteObjectsCommand,
    GetObjectCommand,
    ListObjectsV2Command,
    PutBucketVersioningCommand,
    PutObjectCommand,
    S3Client,
    UploadPartCommand,
} from "@aws-sdk/client-s3";
import { expect } from "chai";
import { allow, type Cloud, failure, startCloud } from "./startedCloud.ts";

const Bucket = "documents";

describe("S3 at the local endpoint", () => {
    let cloud: Cloud;
    let s3: S3Client;

    before(async () => {
        cloud = await startCloud({
            roles: {
                writer: allow("s3:PutObject", `arn:aws:s3:::${Bucket}/orders/*`),
                reader: allow("s3:GetObject", `arn:aws:s3:::${Bucket}/*`),
                lister: allow(
                    ["s3:GetObject", "s3:ListBucket"],
                    [`arn:aws:s3:::${Bucket}/*`, `arn:aws:s3:::${Bucket}`],
                ),
                cleaner: allow("s3:DeleteObject", `arn:aws:s3:::${Bucket}/trash/*`),
            },
        });
        s3 = new S3Client(cloud.as());
        await s3.send(new CreateBucketCommand({ Bucket }));
    });
    after(() => cloud.stop());

    const read = async (Key: string) =>
        (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();

    it("keeps objects under keys of any characters", async () => {
        const Key = "orders/ä b+c&d=e?.pdf";
        await s3.send(new PutObjectCommand({ Bucket, Key, Body: "content", ContentType: "application/pdf" }));
        const got = await s3.send(new GetObjectCommand({ Bucket, Key }));
        expect(await got.Body?.transformToString()).to.equal("content");
        expect(got.ContentType).to.equal("application/pdf");
        const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: "orders/ä" }));
        expect(Contents.map((object) => object.Key)).to.deep.equal([Key]);
    });

    it("is addressed by the bucket's host name as well", async () => {
        await s3.send(new PutObjectCommand({ Bucket, Key: "by-host", Body: "x" }));
        const request = http.get(`${cloud.endpoint.origin}/by-host`, {
            headers: {
                host: `${Bucket}.localhost:4566`,
                authorization: "AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/s3/aws4_request",
            },
        });
        const [answer] = await once(request, "response");
        expect(await text(answer)).to.equal("x");
    });

    it("reads a presigned address", async () => {
        await s3.send(new PutObjectCommand({ Bucket, Key: "signed", Body: "x" }));
        const signature = new URLSearchParams({
            "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
            "X-Amz-Credential": "local/20260101/eu-west-1/s3/aws4_request",
            "X-Amz-Signature": "0",
        });
        const answer = await fetch(`${cloud.endpoint.origin}/${Bucket}/signed?${signature}`);
        expect(await answer.text()).to.equal("x");
    });

    it("is not held up by a caller who left while another wrote the same key", async () => {
        const put = (length: number) =>
            http.request(`${cloud.endpoint.origin}/${Bucket}/busy`, {
                method: "PUT",
                headers: {
                    "content-length": length,
                    authorization: "AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/s3/aws4_request",
                },
            });
        const first = put(2);
        first.write("a");
        const second = put(1);
        second.on("error", () => {});
        second.write("b");
        await once(second, "socket");
        // What the endpoint has read of the second when it learns that its caller is gone.
        await read("once").catch(() => undefined);
        const gone = new Promise((resolve) => second.on("close", resolve));
        second.destroy();
        await gone;
        first.end("a");
        const [answer] = await once(first, "response");
        expect(await text(answer)).to.equal("");
        await s3.send(new PutObjectCommand({ Bucket, Key: "busy", Body: "c" }));
        expect(await read("busy")).to.equal("c");
    });

    it("writes a key only once with If-None-Match, for concurrent writers too", async () => {
        const attempts = Array.from({ length: 10 }, (_, number) =>
            s3.send(new PutObjectCommand({ Bucket, Key: "once", Body: `${number}`, IfNoneMatch: "*" })).then(
                () => ({ number, error: undefined }),
                (error: Error) => ({ number, error: error.name }),
            ),
        );
        const outcomes = await Promise.all(attempts);
        const winners = outcomes.filter(({ error }) => error === undefined);
        expect(winners).to.have.length(1);
        expect(outcomes.filter(({ error }) => error === "PreconditionFailed")).to.have.length(9);
        expect(await read("once")).to.equal(`${winners[0]?.number}`);
    });

    it("overwrites only the version that the writer saw, when asked to", async () => {
        const { ETag } = await s3.send(new PutObjectCommand({ Bucket, Key: "seen", Body: "1" }));
        await s3.send(new PutObjectCommand({ Bucket, Key: "seen", Body: "2", IfMatch: ETag }));
        const late = await failure(s3.send(new PutObjectCommand({ Bucket, Key: "seen", Body: "3", IfMatch: ETag })));
        expect(late.name).to.equal("PreconditionFailed");
        expect(await read("seen")).to.equal("2");
    });

    it("refuses keys above 1,024 bytes, metadata above 2 KB, eleven tags and deletions of more than a thousand", async () => {
        const put = (Key: string, Metadata: Record<string, string> = {}) =>
            s3.send(new PutObjectCommand({ Bucket, Key, Body: "x", Metadata }));
        await put("ü".repeat(512), { note: "n".repeat(2_044) });
        expect((await failure(put("ü".repeat(513)))).name).to.equal("KeyTooLongError");
        expect((await failure(put("small", { note: "n".repeat(2_045) }))).name).to.equal("MetadataTooLarge");
        const tagged = (count: number) => {
            const Tagging = Array.from({ length: count }, (_, index) => `t${index}=v`).join("&");
            return s3.send(new PutObjectCommand({ Bucket, Key: "tagged", Body: "x", Tagging }));
        };
        await tagged(10);
        expect((await failure(tagged(11))).name).to.equal("BadRequest");
        const Objects = Array.from({ length: 1_001 }, (_, index) => ({ Key: `${index}` }));
        const deletion = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
        expect((await failure(deletion)).name).to.equal("MalformedXML");
    });

    it("takes uploads in parts", async () => {
        const Key = "large";
        const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
        const bodies = ["a".repeat(5 * 1024 * 1024), "the end"];
        const Parts = [];
        for (const [index, Body] of bodies.entries()) {
            const PartNumber = index + 1;
            const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
            Parts.push({ ETag, PartNumber });
        }
        await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
        expect(await read(Key)).to.equal(bodies.join(""));
    });

    it("lets a role write and read what it may", async () => {
        const writer = new S3Client(cloud.as("writer"));
        await writer.send(new PutObjectCommand({ Bucket, Key: "orders/1.pdf", Body: "pdf" }));
        for (const refused of [
            failure(writer.send(new PutObjectCommand({ Bucket, Key: "invoices/1.pdf", Body: "pdf" }))),
            failure(writer.send(new GetObjectCommand({ Bucket, Key: "orders/1.pdf" }))),
            failure(writer.send(new ListObjectsV2Command({ Bucket }))),
        ]) {
            expect((await refused).name).to.equal("AccessDenied");
        }
        const reader = new S3Client(cloud.as("reader"));
        const { Body } = await reader.send(new GetObjectCommand({ Bucket, Key: "orders/1.pdf" }));
        expect(await Body?.transformToString()).to.equal("pdf");
    });

    it("tells only those who may list the bucket that an object does not exist", async () => {
        const asked = (role: string) =>
            failure(new S3Client(cloud.as(role)).send(new GetObjectCommand({ Bucket, Key: "nothing" })));
        expect((await asked("lister")).name).to.equal("NoSuchKey");
        expect((await asked("reader")).name).to.equal("AccessDenied");
    });

    it("asks the right to delete for every object of a batch", async () => {
        const cleaner = new S3Client(cloud.as("cleaner"));
        const remove = (...keys: string[]) =>
            cleaner.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } }));
        await s3.send(new PutObjectCommand({ Bucket, Key: "trash/a&b", Body: "x" }));
        await s3.send(new PutObjectCommand({ Bucket, Key: "treasure", Body: "x" }));
        expect((await failure(remove("trash/a&b", "treasure"))).name).to.equal("AccessDenied");
        expect(await read("treasure")).to.equal("x");
        await remove("trash/a&b");
        expect((await failure(read("trash/a&b"))).name).to.equal("NoSuchKey");
    });

    it("says so where it would have to pretend", async () => {
        const VersioningConfiguration = { Status: "Enabled" } as const;
        const refused = await failure(s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration })));
        expect(refused.name).to.equal("NotImplemented");
    });
});
