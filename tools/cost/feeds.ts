import type { Resource } from "embedded-aws/recorder";
import { type Hops, secondsInMonth } from "./hops.ts";
import type { Stack } from "./stack.ts";
import { assumptions } from "./traffic.ts";
import type { Usage } from "./usage.ts";

const days = secondsInMonth / 86_400;
const gigabyte = 1024 ** 3;

/** A target in the variable FEED of the builder. */
interface Target {
    readonly kind: "acp" | "openai-api" | "file";
    readonly gzip: boolean;
}

/** What feeds do in a month with so many products: a pass a day for each, and what the merchant changes. */
export function feed(hops: Hops, stack: Stack, products: number): void {
    const [builder] = stack.of("aws:lambda/function:Function").filter(({ name }) => name === "feed-build-function");
    if (builder === undefined) return;
    const { usage } = hops;
    const changed = products * days * assumptions.changedShare;
    hops.change("catalog-products-table", changed);
    for (const target of targetsIn(builder)) {
        pass(usage, builder, products * days);
        if (target.kind === "file") write(usage, target, products);
        else {
            // Half a unit each for what the API has.
            usage.add("tableReads", "feed-state-table", 0.5 * products * days);
            hops.fill("feed-changes-queue", changed);
        }
    }
}

function targetsIn({ inputs }: Resource): readonly Target[] {
    const variables: unknown = Reflect.get(Object(inputs["environment"]), "variables");
    return JSON.parse(String(Reflect.get(Object(variables), "FEED"))).targets;
}

/** All products are read, eventually consistent. @param products of all passes */
function pass(usage: Usage, builder: Resource, products: number): void {
    usage.add("tableReads", "catalog-products-table", (0.5 * products * assumptions.bytesOfProduct) / 4096);
    const gigabytes = Number(builder.inputs["memorySize"] ?? 128) / 1024;
    usage.add("lambdaArm", builder.name, ((products * assumptions.msOfProduct) / 1000) * gigabytes);
}

/** A file a day, of which a week of versions is kept, and of what it was copied from. */
function write(usage: Usage, { gzip }: Target, products: number): void {
    const bytes = products * assumptions.bytesOfProduct * (gzip ? assumptions.packed : 1);
    const requests = Math.ceil(bytes / assumptions.bytesOfPart) + 3;
    usage.add("objectPuts", "feed-files-bucket", requests * days);
    usage.add("objectStorage", "feed-files-bucket", (bytes * (1 + 2 * assumptions.daysOfFiles)) / gigabyte);
}
