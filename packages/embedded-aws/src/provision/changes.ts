import type { Graph, Resource } from "../graph/graph.ts";
import type { FunctionDefinition } from "../lambda/function.ts";
import { functionsOf } from "./functions.ts";

/** What a running cloud has taken up. */
export interface Update {
    /** Names of the functions that have new code or settings. */
    readonly functions: readonly string[];
    /** What else has changed: `sqs.Queue orders` */
    readonly others: readonly string[];
    /** Whether that took an evaluation of the program. */
    readonly evaluated: boolean;
}

/** The functions that there were before, with their new code and settings where these have changed. */
export function changedFunctions(before: Graph, after: Graph): FunctionDefinition[] {
    const known = new Map(functionsOf(before).map((definition) => [definition.arn, JSON.stringify(definition)]));
    return functionsOf(after).filter(
        (definition) => known.has(definition.arn) && known.get(definition.arn) !== JSON.stringify(definition),
    );
}

/** What another evaluation added, removed or gave other inputs, and a running cloud does not take up. */
export function changesForNextStart(before: Graph, after: Graph): string[] {
    const old = new Map(before.resources.map((resource) => [resource.urn, resource]));
    const now = new Map(after.resources.map((resource) => [resource.urn, resource]));
    return [...new Set([...old.keys(), ...now.keys()])].flatMap((urn) => {
        const [one, other] = [old.get(urn), now.get(urn)];
        const resource = other ?? one;
        if (resource === undefined || isTakenUp(one, other)) return [];
        return JSON.stringify(one?.inputs) === JSON.stringify(other?.inputs) ? [] : shortly(resource);
    });
}

/** `sqs.Queue orders` of type aws:sqs/queue:Queue */
const shortly = ({ type, name }: Resource): string =>
    `${type.replace(/^[^:]*:/, "").replace(/(\/[^:]*)?:/, ".")} ${name}`;

/** New code and settings of a function that there was before, how it is invoked asynchronously among them. */
function isTakenUp(one: Resource | undefined, other: Resource | undefined): boolean {
    const type = one?.type ?? other?.type;
    if (type === "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig") return true;
    return type === "aws:lambda/function:Function" && one !== undefined && other !== undefined;
}
