import { GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { Download, ViewRequestError } from "embedded-aws/console";
import { Relations } from "../operator/queues.ts";
import type { Stack } from "../operator/stack.ts";

/** What can be read of an environment on AWS besides its tables and logs. */
export class Deployed {
    readonly #stack: Stack;
    readonly #names: ReadonlyMap<string, string>;
    readonly #s3: S3Client;
    #bucket: Promise<string> | undefined;

    /** @param queues their names in the program's graph: of those that Pulumi names, AWS has another ending */
    constructor(stack: Stack, queues: readonly string[]) {
        this.#stack = stack;
        this.#names = new Map(queues.map((name) => [withoutEnding(name), name]));
        this.#s3 = new S3Client({ ...stack.settings, forcePathStyle: stack.settings.endpoint !== undefined });
    }

    async depths() {
        const { queues } = await Relations.of(this.#stack);
        return queues.map(({ name, messages, deadLetters }) => ({
            name: this.#shown(name),
            deadLetters: deadLetters === undefined,
            visible: messages,
            inFlight: 0,
            delayed: 0,
        }));
    }

    /** Without their messages: SQS shows these only to who receives them. */
    async queues() {
        const { queues } = await Relations.of(this.#stack);
        return queues.map(({ name, url, messages, deadLetters }) => ({
            name: this.#shown(name),
            url,
            deadLetters: deadLetters === undefined,
            visible: messages,
            inFlight: 0,
            delayed: 0,
            messages: [],
        }));
    }

    /** The first documents of orders, or with a key the document itself. */
    async objects(key: string | null): Promise<unknown> {
        const Bucket = await this.#documents();
        if (key === null) {
            const { Contents = [] } = await this.#s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 200 }));
            const objects = Contents.map(({ Key = "", Size = 0, LastModified }) => ({
                bucket: Bucket,
                key: Key,
                bytes: Size,
                modified: LastModified?.toISOString() ?? "",
            }));
            return objects.sort((one, other) => other.modified.localeCompare(one.modified));
        }
        const { Body, ContentType = "application/octet-stream" } = await this.#s3
            .send(new GetObjectCommand({ Bucket, Key: key }))
            .catch((error: unknown) => {
                if (error instanceof Error && error.name === "NoSuchKey")
                    throw new ViewRequestError(`${Bucket} has no object ${key}`, { cause: error });
                throw error;
            });
        return new Download(ContentType, Buffer.from((await Body?.transformToByteArray()) ?? []));
    }

    /** The bucket that the function of the step writes to. */
    #documents(): Promise<string> {
        this.#bucket ??= (async () => {
            const FunctionName = this.#stack.named("document");
            const { Environment } = await this.#stack.lambda.send(
                new GetFunctionConfigurationCommand({ FunctionName }),
            );
            return Environment?.Variables?.["DOCUMENTS_BUCKET"] ?? "";
        })();
        this.#bucket.catch(() => {
            this.#bucket = undefined;
        });
        return this.#bucket;
    }

    #shown(name: string): string {
        return this.#names.get(withoutEnding(name)) ?? name;
    }

    close(): void {
        this.#s3.destroy();
    }
}

const withoutEnding = (name: string): string => name.replace(/-[0-9a-f]{7}$/, "");
