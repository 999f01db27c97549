import { create } from "jsondiffpatch";
import { isJsonObject as isRecord } from "../../../runtime/shared/json.ts";

/** Elements of lists are told apart by what names them, not by where they stand. */
const differ = create({
    objectHash: (item, index) => {
        const { id, type, item_id: itemId, code, path } = isRecord(item) ? item : {};
        const name = [id, itemId, code, path, type].find((each) => typeof each === "string");
        return typeof name === "string" ? name : String(index);
    },
    arrays: { detectMove: false },
    propertyFilter: (name) => name !== "updated_at",
});

interface Change {
    readonly path: string;
    readonly old: unknown;
    readonly now: unknown;
}

/** What jsondiffpatch found, as a list; an element of a list is named by its id. */
export function changesBetween(before: unknown, after: unknown): Change[] {
    return flat(differ.diff(before, after), before, after, "");
}

function flat(delta: unknown, before: unknown, after: unknown, path: string): Change[] {
    if (Array.isArray(delta)) {
        const [old, now] =
            delta.length === 1 ? [undefined, delta[0]] : delta.length === 3 ? [delta[0], undefined] : delta;
        return [{ path, old, now }];
    }
    if (!isRecord(delta)) return [];
    const isList = delta["_t"] === "a";
    return Object.entries(delta).flatMap(([key, inner]) => {
        if (key === "_t") return [];
        const place = isList ? Number(key.replace("_", "")) : key;
        const [one, other] = [memberOf(before, place), memberOf(after, place)];
        const element = isList ? (key.startsWith("_") ? one : other) : undefined;
        const name = isList ? `[${nameOf(element) ?? place}]` : `${path === "" ? "" : "."}${key}`;
        return flat(inner, isList ? byName(before, element) : one, other, path + name);
    });
}

const nameOf = (element: unknown): string | undefined => {
    const { id, item_id: itemId, code, type } = isRecord(element) ? element : {};
    return [id, itemId, code, type].find((each): each is string => typeof each === "string");
};

const memberOf = (value: unknown, key: string | number): unknown =>
    Array.isArray(value) ? value[Number(key)] : isRecord(value) ? value[key] : undefined;

const byName = (list: unknown, element: unknown): unknown =>
    Array.isArray(list) ? list.find((each) => nameOf(each) === nameOf(element)) : undefined;
