import { filesOf } from "../../../spec/feedFiles.ts";
import type { JsonObject } from "../../shared/json.ts";
import { toldOf } from "../offer.ts";
import { linesOf } from "../rows/lines.ts";
import type { Run } from "../stored/run.ts";
import type { Feed, FileTarget } from "../target.ts";
import type { ReadProducts } from "./products.ts";
import { ShardBuffer, shardOf } from "./shard.ts";
import { Tally } from "./tally.ts";
import type { Uploads } from "./uploads.ts";

interface FileTools {
    readonly feed: Pick<Feed, "shop">;
    readonly read: ReadProducts;
    readonly uploads: Uploads;
    now(): number;
    /** Whether there is time for another page. */
    mayGoOn(): boolean;
}

/**
 * Goes on with the files of a target: reads pages of products until each file has a part more, or until the time is up, and
 * needs the memory of a part of each file, however many products there are.
 * @returns the run as it is then
 */
export async function fileStep(run: Run, target: FileTarget, tools: FileTools): Promise<Run> {
    const { feed, read, uploads, now, mayGoOn } = tools;
    const { head, lineOf, contentType } = linesOf[target.format];
    const isNew = run.files.length === 0;
    const files = isNew
        ? await Promise.all(
              filesOf(target).map((name) =>
                  uploads.begin(run.id, name, target.gzip ? "application/gzip" : contentType),
              ),
          )
        : [...run.files];
    const buffers = await Promise.all(
        files.map(async (file) => new ShardBuffer(target.gzip, await uploads.restOf(file))),
    );
    if (isNew && head !== "") for (const buffer of buffers) buffer.add(head);
    const grown = new Set<number>();
    const tally = new Tally(run);
    let { after } = run;
    let isRead = false;
    do {
        const page = await read(after);
        for (const item of page.items) write(item);
        for (const [index, buffer] of buffers.entries()) if (buffer.isPart) await upload(index, buffer);
        after = page.after;
        isRead = after === undefined;
    } while (!isRead && grown.size < files.length && mayGoOn());
    for (const [index, buffer] of buffers.entries()) {
        // The last part may have any size, and a file has at least one.
        if (isRead) await upload(index, buffer);
        else files[index] = await uploads.keepRest(fileAt(index), run.step, buffer.take());
    }
    const { after: _, ...rest } = run;
    return { ...rest, ...tally.figures, files, isRead, step: run.step + 1, ...(after !== undefined && { after }) };

    function write(item: JsonObject): void {
        const offer = tally.count(toldOf(item, target, feed, now()));
        if (offer === undefined) return;
        buffers[shardOf(offer.productId, buffers.length)]?.add(lineOf(offer, target, feed));
    }

    async function upload(index: number, buffer: ShardBuffer): Promise<void> {
        const hasParts = fileAt(index).parts.length > 0;
        const part = hasParts ? buffer.take() : buffer.takeFirst();
        if (part.length === 0 && hasParts) return;
        const { rest: __, ...file } = await uploads.add(fileAt(index), part);
        files[index] = file;
        grown.add(index);
    }

    function fileAt(index: number) {
        const file = files[index];
        if (file === undefined) throw new RangeError(`the run has no file ${index}`);
        return file;
    }
}
