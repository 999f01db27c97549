import "./closures.ts";
import { cpSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { settingsHere } from "./fixtures.ts";
import type { Graph, Resource } from "./graph/graph.ts";
import type { Place } from "./graph/outputs.ts";
import { recordGraph } from "./graph/record.ts";
import { changed, readStackConfig } from "./graph/stackConfig.ts";

/** What the parent process asks for, as the one argument of this one. */
export interface Evaluation {
    readonly stack: string;
    readonly account: string;
    readonly awsUrl: string;
    readonly apiUrl: string;
    /** Folder that gets the functions' code. */
    readonly codeDirectory: string;
}

/** What this process sends back: the graph, or why there is none. */
export type Evaluated =
    | { readonly graph: Graph; readonly region: string; readonly encrypted: readonly string[] }
    | { readonly failure: string };

const root = join(import.meta.dirname, "../../..");

/**
 * Evaluates the program in a process of its own: its memory goes when it is done, a fault of the program cannot take the
 * cloud with it, and `--watch` evaluates anew with fresh modules.
 */
async function evaluate({ stack, account, awsUrl, apiUrl, codeDirectory }: Evaluation): Promise<Evaluated> {
    const { project, region, values, encrypted } = readStackConfig(root, stack);
    const place: Place = { region, account, awsUrl, apiUrl };
    const graph = await recordGraph({
        project,
        stack,
        place,
        config: changed(values, settingsHere(project, stack)),
        run: async () => {
            // What takes longest goes on while the program is loaded. Whether it fails, the program will say.
            const { builtOnce } = await import("../../../components/parts/bundle.ts");
            building = builtOnce().catch(() => undefined);
            return await import("../../../index.ts");
        },
    });
    const resources = await Promise.all(graph.resources.map((resource) => unpacked(resource, codeDirectory)));
    return { graph: { ...graph, resources }, region, encrypted };
}

/** The resource with the code among its inputs copied: what the program wrote it to is the program's own. */
async function unpacked(resource: Resource, codeDirectory: string): Promise<Resource> {
    const inputs = await Promise.all(
        Object.entries(resource.inputs).map(async ([key, value]) => [
            key,
            pulumi.asset.Archive.isInstance(value) ? { directory: await copied(value, codeDirectory) } : value,
        ]),
    );
    return { ...resource, inputs: Object.fromEntries(inputs) };
}

class UnusableArchive extends Error {
    override readonly name = "UnusableArchive";
}

/** To a folder of the same name: the name of a folder of code stands for what is in it. */
async function copied(archive: pulumi.asset.Archive, codeDirectory: string): Promise<string> {
    const path = await (archive as Partial<pulumi.asset.FileArchive>).path;
    const source = path === undefined ? undefined : resolve(path);
    if (source === undefined || !statSync(source, { throwIfNoEntry: false })?.isDirectory()) {
        throw new UnusableArchive(
            `the embedded cloud takes code from folders alone (FileArchive), not from ${path ?? "texts"}`,
        );
    }
    const target = join(codeDirectory, basename(source));
    cpSync(source, target, { recursive: true });
    return target;
}

/** Faults that the reader of the message can mend by its words alone; others are shown with where they arose. */
const speaking = new Set(["SettingsError", "BundleError", "StackConfigError", "DuplicateResource", "UnusableArchive"]);

function failureOf(error: unknown): string {
    if (!(error instanceof Error)) return String(error);
    // A fault of one property is reported by every property that depends on it, each in the words of the one before.
    const message = error.message.replace(/^(error serializing property "[^"]+": )+/, "");
    if (speaking.has(error.name) || message !== error.message) return message;
    const place = error.stack?.split("\n").find((line) => line.includes(root) && !line.includes("node_modules"));
    return `${error.name}: ${message}${place ? `\n${place.replace(`${root}/`, "").replace("file://", "")}` : ""}`;
}

/** While it runs this process does not end: the bundler would write of it to the terminal, at length. */
let building: Promise<unknown> = Promise.resolve();
let answered = false;

function answer(evaluated: Evaluated): void {
    if (answered) return;
    answered = true;
    const end = () => void building.then(() => process.exit(0));
    try {
        process.send?.(evaluated, end);
    } catch (error) {
        // A function, for instance, which an Output holds.
        process.send?.({ failure: `the program's resources cannot be handed on: ${failureOf(error)}` }, end);
    }
}

// A resource registers in the background: its fault arrives here and not from `evaluate`.
process.on("unhandledRejection", (error) => answer({ failure: failureOf(error) }));
process.on("uncaughtException", (error) => answer({ failure: failureOf(error) }));

const request: Evaluation = JSON.parse(process.argv[2] ?? "{}");
evaluate(request).then(
    // Faults of resources that registered in the background are reported first.
    (evaluated) => setImmediate(answer, evaluated),
    (error: unknown) => answer({ failure: failureOf(error) }),
);
