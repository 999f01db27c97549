import {
    CompleteMultipartUploadCommand,
    CopyObjectCommand,
    CreateMultipartUploadCommand,
    GetObjectCommand,
    PutObjectCommand,
    type S3Client,
    S3ServiceException,
    UploadPartCommand,
} from "@aws-sdk/client-s3";
import { fileKey, runKey } from "../stored/files.ts";
import type { WrittenFile } from "../stored/run.ts";

/** Writes files part by part, so that nobody sees one before it is whole. */
export class Uploads {
    readonly #s3: S3Client;
    readonly #bucket: string;

    constructor(s3: S3Client, bucket: string) {
        this.#s3 = s3;
        this.#bucket = bucket;
    }

    async begin(run: string, name: string, contentType: string): Promise<WrittenFile> {
        const Key = runKey(run, name);
        const { UploadId = "" } = await this.#s3.send(
            new CreateMultipartUploadCommand({ Bucket: this.#bucket, Key, ContentType: contentType }),
        );
        return { name, key: Key, uploadId: UploadId, parts: [] };
    }

    /** Adds a part. The same part again takes its place. */
    async add(file: WrittenFile, Body: Buffer): Promise<WrittenFile> {
        const { key: Key, uploadId: UploadId, parts } = file;
        const PartNumber = parts.length + 1;
        const part = new UploadPartCommand({ Bucket: this.#bucket, Key, UploadId, PartNumber, Body });
        const { ETag = "" } = await this.#s3.send(part);
        return { ...file, parts: [...parts, ETag] };
    }

    /** Keeps what is too small for a part until the next step. */
    async keepRest({ rest: _, ...file }: WrittenFile, step: number, Body: Buffer): Promise<WrittenFile> {
        if (Body.length === 0) return file;
        const rest = `${file.key}.${step}`;
        await this.#s3.send(new PutObjectCommand({ Bucket: this.#bucket, Key: rest, Body }));
        return { ...file, rest };
    }

    async restOf({ rest }: WrittenFile): Promise<Buffer | undefined> {
        if (rest === undefined) return undefined;
        const { Body } = await this.#s3.send(new GetObjectCommand({ Bucket: this.#bucket, Key: rest }));
        const bytes = await Body?.transformToByteArray();
        return bytes && Buffer.from(bytes);
    }

    /**
     * Puts the file in the place of the one before, whole and at once. May be repeated.
     * @returns its ETag
     */
    async publish(target: string, { name, key: Key, uploadId: UploadId, parts }: WrittenFile): Promise<string> {
        const Parts = parts.map((ETag, index) => ({ ETag, PartNumber: index + 1 }));
        await this.#s3
            .send(
                new CompleteMultipartUploadCommand({
                    Bucket: this.#bucket,
                    Key,
                    UploadId,
                    MultipartUpload: { Parts },
                }),
            )
            .catch(ignoreIfCompleted);
        const { CopyObjectResult } = await this.#s3.send(
            new CopyObjectCommand({
                Bucket: this.#bucket,
                Key: fileKey(target, name),
                CopySource: `${this.#bucket}/${Key}`,
            }),
        );
        return CopyObjectResult?.ETag ?? "";
    }
}

/** An earlier try of the same step completed it. If it was never there, the copy fails. */
function ignoreIfCompleted(error: unknown): void {
    if (!(error instanceof S3ServiceException && error.name === "NoSuchUpload")) throw error;
}
