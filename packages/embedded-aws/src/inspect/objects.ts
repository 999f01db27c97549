import { unescapeXml } from "../endpoint/objectRequest.ts";
import { enginePath } from "../endpoint/objects.ts";
import type { Graph } from "../graph/graph.ts";
import { ofType } from "../provision/properties.ts";
import { EngineClient } from "../storage/engineClient.ts";
import { Download, ViewRequestError } from "./views.ts";

/** `/_local/objects`: every object of every bucket; with `?key=<key>` the object itself. */
export async function objectsView(graph: Graph, engineOrigin: string, parameters: URLSearchParams): Promise<unknown> {
    const buckets = ofType(graph, "aws:s3/bucket:Bucket").map((bucket) => bucket.text("bucket"));
    const key = parameters.get("key");
    if (key === null) {
        const objects = (await Promise.all(buckets.map((bucket) => objectsIn(engineOrigin, bucket)))).flat();
        return objects.sort((one, other) => other.modified.localeCompare(one.modified));
    }
    // Not by `fetch`: the URLs that it takes have no segments `..`, keys may.
    const engine = new EngineClient(engineOrigin);
    try {
        // The path without a key is that of the bucket itself.
        for (const bucket of key === "" ? [] : buckets) {
            const { status, headers, body } = await engine.send("GET", enginePath(bucket, key), {}, "");
            const { "content-type": contentType = "application/octet-stream" } = headers;
            if (status === 200) return new Download(String(contentType), body);
        }
    } finally {
        engine.close();
    }
    throw new ViewRequestError(`no bucket has an object ${key}`);
}

interface ListedObject {
    readonly bucket: string;
    readonly key: string;
    readonly bytes: number;
    readonly modified: string;
}

async function objectsIn(engineOrigin: string, bucket: string): Promise<ListedObject[]> {
    const objects: ListedObject[] = [];
    // S3 lists a thousand at a time.
    for (let next: string | undefined = ""; next !== undefined; ) {
        const from: string = next === "" ? "" : `&continuation-token=${encodeURIComponent(next)}`;
        const text = await (await fetch(`${engineOrigin}/${bucket}?list-type=2${from}`)).text();
        for (const [, content = ""] of text.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
            const member = (name: string) => memberOf(content, name) ?? "";
            const [bytes, modified] = [Number(member("Size")), member("LastModified")];
            objects.push({ bucket, key: unescapeXml(member("Key")), bytes, modified });
        }
        const token = memberOf(text, "NextContinuationToken");
        next = token === undefined ? undefined : unescapeXml(token);
    }
    return objects;
}

const memberOf = (xml: string, name: string): string | undefined =>
    new RegExp(`<${name}>(.*?)</${name}>`, "s").exec(xml)?.[1];
