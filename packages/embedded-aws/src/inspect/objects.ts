import { enginePath } from "../endpoint/objects.ts";
import type { Graph } from "../graph/graph.ts";
import { ofType } from "../provision/properties.ts";
import { EngineClient } from "../storage/engineClient.ts";
import { Download, ViewRequestError } from "./views.ts";

/** `/_local/objects`: every object of every bucket; with `?key=<key>` the object itself. */
export async function objectsView(graph: Graph, engineOrigin: string, parameters: URLSearchParams): Promise<unknown> {
    const buckets = ofType(graph, "aws:s3/bucket:Bucket").map((bucket) => bucket.text("bucket"));
    const key = parameters.get("key");
    if (key === null) return (await Promise.all(buckets.map((bucket) => objectsIn(engineOrigin, bucket)))).flat();
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

async function objectsIn(engineOrigin: string, bucket: string): Promise<object[]> {
    const answer = await fetch(`${engineOrigin}/${bucket}?list-type=2`);
    const contents = (await answer.text()).matchAll(/<Contents>(.*?)<\/Contents>/gs);
    return Array.from(contents, ([, content = ""]) => {
        const member = (name: string) => new RegExp(`<${name}>(.*?)</${name}>`, "s").exec(content)?.[1] ?? "";
        return { bucket, key: plain(member("Key")), bytes: Number(member("Size")), modified: member("LastModified") };
    });
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

function plain(text: string): string {
    return text.replace(/&(lt|gt|quot|apos|amp);/g, (whole, name: string) => entities[name] ?? whole);
}
