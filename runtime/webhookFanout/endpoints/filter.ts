import { compilePattern, InvalidPatternError } from "event-pattern";
import { unstorableIn } from "../../shared/storable.ts";
import { member, type ValidationError } from "../../shared/validationErrors.ts";

/** An EventBridge pattern that the events of an endpoint must match, over what a filter sees. */
export type Filter = Readonly<Record<string, unknown>>;

/** What a filter sees of an event: the members of the delivered body that events of all types have. */
interface Filtered {
    readonly type: string;
    readonly data: unknown;
}

const seen = ["type", "data"];

/** What is wrong with a filter. @param pointer its place in the request */
export function filterErrors(filter: Filter | null | undefined, pointer = "/filter"): ValidationError[] {
    if (filter === null || filter === undefined) return [];
    const unseen = rootNames(filter, pointer).filter(([name]) => !seen.includes(name));
    if (unseen.length > 0)
        return unseen.map(([, at]) => ({ pointer: at, detail: "matches nothing: a filter sees type and data" }));
    // The pattern that is read back has to be this one.
    const unstorable = unstorableIn(filter);
    if (unstorable !== undefined) return [{ ...unstorable, pointer: pointer + unstorable.pointer }];
    try {
        compilePattern(JSON.stringify(filter));
        return [];
    } catch (error) {
        if (!(error instanceof InvalidPatternError)) throw error;
        return [{ pointer: pointer + error.pointer, detail: `is no pattern: ${error.reason}` }];
    }
}

/** The names at the root of a pattern, with their places; alternatives (`$or`) have roots of their own. */
function rootNames(filter: Filter, pointer: string): [name: string, pointer: string][] {
    return Object.entries(filter).flatMap(([name, value]) => {
        const at = member(pointer, name);
        if (name !== "$or" || !Array.isArray(value)) return [[name, at]];
        return value.flatMap((each: unknown, index) =>
            typeof each === "object" && each !== null ? rootNames({ ...each }, `${at}/${index}`) : [],
        );
    });
}

/** Compiled filters: those of a batch of events are the same ones. */
const compiled = new Map<string, (event: unknown) => boolean>();
const mostCompiled = 1000;

/** Throws for a filter with errors. */
export function passes(filter: Filter | undefined, { type, data }: Filtered): boolean {
    if (filter === undefined) return true;
    const text = JSON.stringify(filter);
    let matches = compiled.get(text);
    if (matches === undefined) {
        matches = compilePattern(text);
        if (compiled.size >= mostCompiled) compiled.clear();
        compiled.set(text, matches);
    }
    return matches({ type, data });
}
