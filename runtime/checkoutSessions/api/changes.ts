import { member } from "../../shared/faults.ts";
import { isJsonObject } from "../../shared/json.ts";

/** A step of a JSON Patch (RFC 6902). */
export type Change =
    | { readonly op: "add" | "replace"; readonly path: string; readonly value: unknown }
    | { readonly op: "remove"; readonly path: string };

/**
 * The patch that makes the one JSON value of the other. Lists are compared place by place: the shortest patch would take
 * time by the square of their length.
 */
export function changesBetween(before: unknown, after: unknown, path = ""): Change[] {
    if (Array.isArray(before) && Array.isArray(after)) {
        const common = Math.min(before.length, after.length);
        return [
            ...before
                .slice(0, common)
                .flatMap((value, index) => changesBetween(value, after[index], `${path}/${index}`)),
            ...after.slice(common).map((value: unknown): Change => ({ op: "add", path: `${path}/-`, value })),
            // From the end, so that the places of the others stay as they are.
            ...before
                .slice(common)
                .map((_, index): Change => ({ op: "remove", path: `${path}/${before.length - 1 - index}` })),
        ];
    }
    if (isJsonObject(before) && isJsonObject(after)) {
        const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
        return names.flatMap((name) => {
            const place = member(path, name);
            if (!Object.hasOwn(after, name)) return [{ op: "remove", path: place }];
            if (!Object.hasOwn(before, name)) return [{ op: "add", path: place, value: after[name] }];
            return changesBetween(before[name], after[name], place);
        });
    }
    return before === after ? [] : [{ op: "replace", path, value: after }];
}
