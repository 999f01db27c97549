/** The last update of a part of a customer. */
interface Mark {
    /** Grows with every change. */
    readonly order: number;
    /** Id of the change. */
    readonly by: string;
    /** Whether Segment confirmed it. */
    readonly sent: boolean;
}

/** By names of parts. */
export type Marks = Readonly<Record<string, Mark>>;

/** A change of these parts. */
export interface MarkUpdate {
    readonly order: number;
    readonly by: string;
    readonly names: readonly string[];
}

/**
 * The names of the parts that are still to be sent: neither overtaken by a newer change, confirmed or not, nor confirmed
 * before.
 */
export function outstanding(marks: Marks, { order, by, names }: MarkUpdate): string[] {
    return names.filter((name) => {
        const mark = marks[name];
        if (mark === undefined || mark.order < order) return true;
        return mark.order === order && !(mark.sent && mark.by === by);
    });
}

/** The marks after the update is begun (`sent` false) or confirmed. */
export function marked(marks: Marks, { order, by, names }: MarkUpdate, sent: boolean): Marks {
    return { ...marks, ...Object.fromEntries(names.map((name) => [name, { order, by, sent }])) };
}
