import type { Graph } from "../graph/graph.ts";
import { ofType } from "../realise/properties.ts";
import { Download, UnusableQuestion } from "./views.ts";

/** `/_local/objects`: every object of every bucket; with `?key=<key>` the object itself. */
export async function objectsView(graph: Graph, engineOrigin: string, parameters: URLSearchParams): Promise<unknown> {
    const buckets = ofType(graph, "aws:s3/bucket:Bucket").map((bucket) => bucket.text("bucket"));
    const key = parameters.get("key");
    if (key === null) return (await Promise.all(buckets.map((bucket) => objectsIn(engineOrigin, bucket)))).flat();
    for (const bucket of buckets) {
        const answer = await fetch(`${engineOrigin}/${bucket}/${key.split("/").map(encodeURIComponent).join("/")}`);
        if (!answer.ok) continue;
        const contentType = answer.headers.get("content-type") ?? "application/octet-stream";
        return new Download(contentType, Buffer.from(await answer.arrayBuffer()));
    }
    throw new UnusableQuestion(`no bucket has an object ${key}`);
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
