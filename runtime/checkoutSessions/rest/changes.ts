import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import { member } from "../../shared/validationErrors.ts";

/** An operation of a JSON Patch (RFC 6902). */
type Change =
    | { readonly op: "add" | "replace"; readonly path: string; readonly value: unknown }
    | { readonly op: "remove"; readonly path: string };

/** The patch from one JSON value to the other. Members of lists are compared by their ids, types or codes. */
export function changesBetween(before: unknown, after: unknown, path = ""): Change[] {
    if (Array.isArray(before) && Array.isArray(after)) return listChanges(before, after, path);
    if (isJsonObject(before) && isJsonObject(after)) return objectChanges(before, after, path);
    return before === after ? [] : [{ op: "replace", path, value: after }];
}

function objectChanges(before: JsonObject, after: JsonObject, path: string): Change[] {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name): Change[] => {
        const place = member(path, name);
        if (!Object.hasOwn(after, name)) return [{ op: "remove", path: place }];
        if (!Object.hasOwn(before, name)) return [{ op: "add", path: place, value: after[name] }];
        return changesBetween(before[name], after[name], place);
    });
}

/** Removals from the end, so that the other indexes stay valid; then each member at its final place. */
function listChanges(before: readonly unknown[], after: readonly unknown[], path: string): Change[] {
    const [keysBefore, keysAfter] = [keysOf(before), keysOf(after)];
    if (keysBefore === undefined || keysAfter === undefined) return positionChanges(before, after, path);
    const kept = [...keysBefore.keys()].filter((key) => keysAfter.has(key));
    const keptAfter = [...keysAfter.keys()].filter((key) => keysBefore.has(key));
    if (kept.some((key, index) => keptAfter[index] !== key)) return [{ op: "replace", path, value: after }];
    const removed = [...keysBefore].filter(([key]) => !keysAfter.has(key)).map(([, index]) => index);
    return [
        ...removed.toReversed().map((index): Change => ({ op: "remove", path: `${path}/${index}` })),
        ...[...keysAfter].flatMap(([key, index]): Change[] => {
            const place = `${path}/${index}`;
            const known = keysBefore.get(key);
            if (known === undefined) return [{ op: "add", path: place, value: after[index] }];
            return changesBetween(before[known], after[index], place);
        }),
    ];
}

/** For lists whose members have no identity. */
function positionChanges(before: readonly unknown[], after: readonly unknown[], path: string): Change[] {
    const common = Math.min(before.length, after.length);
    return [
        ...before.slice(0, common).flatMap((value, index) => changesBetween(value, after[index], `${path}/${index}`)),
        ...after.slice(common).map((value): Change => ({ op: "add", path: `${path}/-`, value })),
        ...before
            .slice(common)
            .map((_, index): Change => ({ op: "remove", path: `${path}/${before.length - 1 - index}` })),
    ];
}

/** The index of each member by its key; undefined if a member has none, or two have the same. */
function keysOf(list: readonly unknown[]): ReadonlyMap<string, number> | undefined {
    const keys = new Map<string, number>();
    for (const [index, value] of list.entries()) {
        const key = keyOf(value);
        if (key === undefined || keys.has(key)) return undefined;
        keys.set(key, index);
    }
    return keys;
}

function keyOf(value: unknown): string | undefined {
    if (typeof value === "string") return value;
    if (!isJsonObject(value)) return undefined;
    const { id, option_id, type, code, param, jurisdiction, path } = value;
    const parts = typeof id === "string" ? [id] : [option_id, code, type, param, jurisdiction, path];
    const key = parts.filter((part) => typeof part === "string");
    return key.length > 0 ? JSON.stringify(key) : undefined;
}
