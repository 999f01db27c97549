import { query, setQuery, withQuery } from "./router.ts";

/** So many rows of a list are read at a time. */
const pageLength = 100;

/** From which row on a list is shown, by the address, and what a view is asked for: one more tells that there are older ones. */
export const pageNow = (): { readonly limit: string; readonly offset: string } => ({
    limit: String(pageLength + 1),
    offset: query.value.get("from") ?? "0",
});

export const onPage = <Row,>(rows: readonly Row[] = []): readonly Row[] => rows.slice(0, pageLength);

/** Leads to newer and older rows. @param of rows that a view has answered */
export function Pages({ of: { length } }: { readonly of: readonly unknown[] }) {
    const from = Number(query.value.get("from") ?? 0);
    return (
        <nav class="pages" aria-label="Pages">
            {from > 0 && <a href={withQuery({ from: undefined })}>Newest</a>}
            {length > pageLength && <a href={withQuery({ from: String(from + pageLength) })}>Older</a>}
        </nav>
    );
}

/** Of a list that the document holds in part: shows more of it. @param step how many at a time */
export function More({ all, most, step }: { readonly all: number; readonly most: number; readonly step: number }) {
    if (all <= most) return null;
    return (
        <button type="button" class="quiet" onClick={() => setQuery({ rows: String(most + step) })}>
            Show {Math.min(step, all - most)} more of {all - most}
        </button>
    );
}

/** How many rows of such a list are shown, by the address. */
export const mostRows = (step: number): number => Math.max(step, Number(query.value.get("rows") ?? 0));
