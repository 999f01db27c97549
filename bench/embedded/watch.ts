import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { BenchError } from "../benchError.ts";
import { type Findings, spreadOf } from "../figures.ts";
import { startCloud } from "./cloud.ts";
import { copyProject } from "./copy.ts";

const saves = 9;
const callback = "runtime/regions/health.ts";

/** A callback that is saved while the cloud runs with `--watch`, until a request is answered by the new code. */
export async function measureWatch(directory: string): Promise<Findings> {
    const project = join(directory, "watched");
    copyProject(project);
    const cloud = await startCloud(join(directory, "watched-state"), { project, args: ["--watch"] });
    try {
        const file = join(project, callback);
        const code = readFileSync(file, "utf8");
        const seconds: number[] = [];
        for (let save = 1; save <= saves; save += 1) {
            const status = `healthy ${save}`;
            const changed = code.replace('"healthy"', JSON.stringify(status));
            const start = performance.now();
            // As editors save.
            writeFileSync(`${file}~`, changed);
            renameSync(`${file}~`, file);
            await answeredWith(`${cloud.url}/health`, status);
            seconds.push((performance.now() - start) / 1000);
        }
        const spread = spreadOf(seconds);
        return {
            tables: [
                {
                    title: `npm start -- --watch: a callback is saved, until its new code answers, median [quartiles] of ${saves}`,
                    rows: [{ callback, seconds: spread }],
                },
            ],
            budgets: [{ what: "a saved callback, until its new code answers, s", measured: spread.median, atMost: 1 }],
        };
    } finally {
        await cloud.stop();
    }
}

async function answeredWith(url: string, status: string): Promise<void> {
    for (const end = performance.now() + 60_000; performance.now() < end; await setTimeout(10)) {
        const response = await fetch(url);
        if ((await response.text()).includes(`"${status}"`)) return;
    }
    throw new BenchError(`the new code does not answer at ${url}`);
}
