/** The last update of a part of a customer. */
interface Mark {
    /** Grows with every change. */
    readonly order: number;
    /** Id of the change. */
    readonly by: string;
    /** Whether Segment confirmed it. */
    readonly sent: boolean;
    /** Milliseconds since 1970: when it changed; absent in older items. */
    readonly at?: number;
}

/** The only part of a customer that was read from the API. */
export const versionPart = "version";

/** By names of parts. */
export type Marks = Readonly<Record<string, Mark>>;

/** A change of these parts. */
export interface MarkUpdate {
    readonly order: number;
    readonly by: string;
    /** Milliseconds since 1970: compares changes of different scales. */
    readonly at: number;
    readonly names: readonly string[];
}

/**
 * The names of the parts that are still to be sent: neither overtaken by a newer change, confirmed or not, nor confirmed
 * before.
 */
export function outstanding(marks: Marks, { order, by, at, names }: MarkUpdate): string[] {
    return names.filter((name) => {
        if (rivalsOf(name).some((rival) => (marks[rival]?.at ?? at) > at)) return false;
        const mark = marks[name];
        if (mark === undefined || mark.order < order) return true;
        return mark.order === order && !(mark.sent && mark.by === by);
    });
}

/** The marks after the update is begun (`sent` false) or confirmed. */
export function marked(marks: Marks, { order, by, at, names }: MarkUpdate, sent: boolean): Marks {
    return { ...marks, ...Object.fromEntries(names.map((name) => [name, { order, by, at, sent }])) };
}

/** Of each part the newer mark of both. */
export function mergedMarks(one: Marks, other: Marks): Marks {
    const newer = Object.entries(other).filter(([name, { order }]) => (one[name]?.order ?? -1) < order);
    return { ...one, ...Object.fromEntries(newer) };
}

/** The same part where its order is of another scale. */
function rivalsOf(name: string): readonly string[] {
    const [scale, field] = name.split(":");
    if (scale === "sequence") return [`published:${field}`];
    return scale === "published" ? [`sequence:${field}`, versionPart] : [];
}
