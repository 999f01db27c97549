import "./modules.ts";
import { relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { archivedFiles, unpacked } from "./code.ts";
import { Fixtures } from "./fixtures.ts";
import type { Graph } from "./graph/graph.ts";
import type { Place } from "./graph/outputs.ts";
import { recordGraph } from "./graph/record.ts";
import { changed, readStackConfig } from "./graph/stackConfig.ts";
import { loadedSources } from "./modules.ts";
import { isAside, programOf } from "./project.ts";

/** What the parent process asks for, as the one argument of this one. */
export interface Evaluation {
    /** The folder with Pulumi.yaml. */
    readonly projectDirectory: string;
    /** Folder with the fixtures; absent for none. */
    readonly fixturesDirectory?: string | undefined;
    readonly stack: string;
    readonly account: string;
    readonly awsUrl: string;
    readonly apiUrl: string;
    /** Folder that gets the functions' code. */
    readonly codeDirectory: string;
}

/** What an evaluation came to. */
export interface EvaluatedProgram {
    readonly graph: Graph;
    readonly region: string;
    /** Settings that are encrypted in the stack's file and have a placeholder here. */
    readonly encrypted: readonly string[];
    /** The files of its modules that are in no installed package, and those of its archives that are aside. */
    readonly sources: readonly string[];
}

/** Why there is no graph. */
interface Failure {
    readonly failure: string;
    /** Whether the message would say more with a stack trace: where in the program it failed. */
    readonly hasPlace: boolean;
}

/** What this process sends back. */
export type Evaluated = EvaluatedProgram | Failure;

/**
 * Evaluates the program in a process of its own: its memory goes when it is done, a fault of the program cannot take the
 * cloud with it, and `--watch` evaluates anew with fresh modules.
 */
async function evaluate(evaluation: Evaluation): Promise<EvaluatedProgram> {
    const { projectDirectory, fixturesDirectory, stack, account, awsUrl, apiUrl, codeDirectory } = evaluation;
    const { project, region, values, encrypted } = readStackConfig(projectDirectory, stack);
    placeholders = encrypted;
    const place: Place = { region, account, awsUrl, apiUrl };
    const here = new Fixtures(fixturesDirectory).settings(project, stack);
    const graph = await recordGraph({
        project,
        stack,
        place,
        config: changed(values, here),
        run: () => run(programOf(projectDirectory).file),
    });
    const resources = await Promise.all(graph.resources.map((resource) => unpacked(resource, codeDirectory)));
    // Other archives are of files in the project, or of what the program has built of them.
    const asideArchives = archivedFiles().filter((file) => isAside(relative(projectDirectory, file)));
    const sources = [...loadedSources().map((url) => fileURLToPath(url)), ...asideArchives];
    return { graph: { ...graph, resources }, region, encrypted, sources };
}

/** As Pulumi does: what the program exports, or what a default export returns. */
async function run(file: string): Promise<object> {
    const exported: { default?: unknown } = await import(pathToFileURL(file).href);
    const all = exported.default ?? exported;
    return typeof all === "function" ? await all() : all;
}

/** Faults that the reader of the message can mend by its words alone; others are shown with where they arose. */
const speaking = new Set([
    "StackConfigError",
    "DuplicateResourceError",
    "UnusableArchiveError",
    "ProjectError",
    "FixtureError",
]);

/** Settings that the program may have refused for their placeholder. */
let placeholders: readonly string[] = [];

function failureOf(error: unknown): Failure {
    const { failure, hasPlace } = described(error);
    if (placeholders.length === 0) return { failure, hasPlace };
    const notice = `encrypted settings have the value "local" here: ${placeholders.join(", ")}`;
    return { failure: `${failure}\n${notice}`, hasPlace };
}

function described(error: unknown): Failure {
    if (!(error instanceof Error)) return { failure: String(error), hasPlace: false };
    // A fault of one property is reported by every property that depends on it, each in the words of the one before.
    const message = error.message.replace(/^(error serializing property "[^"]+": )+/, "");
    if (isRunError(error) || speaking.has(error.name) || message !== error.message) {
        return { failure: message, hasPlace: false };
    }
    const { projectDirectory } = request;
    const inProject = (line: string) => line.includes(projectDirectory) && !line.includes("node_modules");
    const place = error.stack?.split("\n").find(inProject);
    const inside = place?.replace("file://", "").replace(`${projectDirectory}/`, "");
    return { failure: `${error.name}: ${message}${inside === undefined ? "" : `\n${inside}`}`, hasPlace: true };
}

/** Pulumi, too, shows of these the message alone. */
const isRunError = (error: Error): boolean => pulumi.RunError.isInstance(error);

let answered = false;

function answer(evaluated: Evaluated): void {
    if (answered) return;
    answered = true;
    // With 0, Pulumi tells of every promise that a failure has left open.
    if ("failure" in evaluated) process.exitCode = 1;
    // What the program has begun may end, such as its bundler, which would write of an end to the terminal.
    const end = () => {
        process.disconnect();
        setTimeout(() => process.exit(), 10_000).unref();
    };
    try {
        process.send?.(evaluated, end);
    } catch (error) {
        // A function, for instance, which an Output holds.
        const { failure } = failureOf(error);
        process.send?.({ failure: `the program's resources cannot be handed on: ${failure}`, hasPlace: false }, end);
    }
}

// A resource registers in the background: its fault arrives here and not from `evaluate`.
process.on("unhandledRejection", (error) => answer(failureOf(error)));
process.on("uncaughtException", (error) => answer(failureOf(error)));

const request: Evaluation = JSON.parse(process.argv[2] ?? "{}");
evaluate(request).then(
    // Faults of resources that registered in the background are reported first.
    (evaluated) => setImmediate(answer, evaluated),
    (error: unknown) => answer(failureOf(error)),
);
