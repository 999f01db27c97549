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
    /** What changed and was not taken up: every later change tries it again, since the fault may be in any file. */
    const left = new Set<string>();
    let timer: NodeJS.Timeout | undefined;
    let updating: Promise<void> = Promise.resolve();
    /** @returns why not */
    const takeUp = async (files: readonly string[]): Promise<string | undefined> => {
        try {
            const { functions, others, evaluated } = await cloud.update(files, builder);
            if (evaluated) builder.restart();
            if (functions.length > 0) console.log(`updated ${functions.join(", ")}`);
            if (others.length > 0) console.log(`changed, but provisioned only by a new start: ${listed(others)}`);
            return undefined;
        } catch (error) {
            return error instanceof Error ? error.message : String(error);
        }
    };
    const update = async () => {
        const files = [...changed];
        changed = new Set();
        if (files.length === 0) return;
        const all = new Set([...left, ...files]);
        const failure = await takeUp([...all]);
        if (failure === undefined) {
            left.clear();
            return;
        }
        console.error(`not updated: ${failure}`);
        // What is broken does not keep back what is not.
        const own = all.size === files.length ? failure : await takeUp(files);
        if (own !== undefined && own !== failure) console.error(`not updated: ${own}`);
        for (const file of files) {
            if (own === undefined) left.delete(file);
            else left.add(file);
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

const mostListed = 5;

/** Of many resources the first ones. */
function listed(resources: readonly string[]): string {
    const others = resources.length - mostListed;
    return [...resources.slice(0, mostListed), ...(others > 0 ? [`${others} others`] : [])].join(", ");
}
