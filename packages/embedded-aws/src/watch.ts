import { once } from "node:events";
import type { Cloud } from "./cloud.ts";
import { CodeBuilderProcess } from "./codeBuilder.ts";
import { Fixtures } from "./fixtures.ts";
import { isApart } from "./project.ts";

interface WatchSettings {
    readonly projectDirectory: string;
    readonly fixturesDirectory: string | undefined;
    readonly stateDirectory: string;
}

/** An editor writes a file in several steps. */
const settledMs = 50;

/** Has the cloud take up, when files of the project change, what it can take up while it runs. */
export async function watchCode(cloud: Cloud, settings: WatchSettings): Promise<void> {
    const { projectDirectory, fixturesDirectory, stateDirectory } = settings;
    // Node's own recursive watch loses a file that an editor replaces by another one of its name.
    const { watch } = await import("chokidar");
    const builder = new CodeBuilderProcess(new Fixtures(fixturesDirectory).builder());
    process.once("exit", () => builder.stop());
    let changed = new Set<string>();
    let timer: NodeJS.Timeout | undefined;
    let updating: Promise<void> = Promise.resolve();
    const update = async () => {
        const files = [...changed];
        changed = new Set();
        if (files.length === 0) return;
        try {
            const { functions, others, evaluated } = await cloud.update(files, builder);
            if (evaluated) builder.restart();
            if (functions.length > 0) console.log(`updated ${functions.join(", ")}`);
            if (others.length > 0) console.log(`changed, but provisioned only by a new start: ${others.join(", ")}`);
        } catch (error) {
            console.error(`not updated: ${error instanceof Error ? error.message : String(error)}`);
        }
    };
    const ignored = (path: string) => isApart(path, projectDirectory, stateDirectory);
    const watcher = watch(projectDirectory, { ignoreInitial: true, ignored }).on("all", (_event, path) => {
        changed.add(path);
        clearTimeout(timer);
        timer = setTimeout(() => {
            updating = updating.then(update);
        }, settledMs);
    });
    await once(watcher, "ready");
}
