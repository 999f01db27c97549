import { fingerprint } from "../canonical.ts";

/**
 * The version of a report by the merchant's systems: its own time, the time at which its event was sent (milliseconds
 * since 1970), and a digest of its contents. Reports have a total order, so the result is the same for any order of
 * arrival, also of reports with equal times.
 */
export type Report = readonly [own: number, sent: number, digest: string];

/** The report that each member of an element is from; the element is named as `fulfillments/ful_1`. */
export type Reports = Readonly<Record<string, Readonly<Record<string, Report>>>>;

/** @param own NaN for a leap second, which `Date` does not have */
export const reportOf = (contents: unknown, sent: number, own: number = sent): Report => [
    Number.isNaN(own) ? sent : own,
    sent,
    fingerprint(contents).slice(0, 12),
];

function isEarlier([own, sent, digest]: Report, than: Report): boolean {
    if (own !== than[0]) return own < than[0];
    return sent === than[1] ? digest < than[2] : sent < than[1];
}

/** The members which the report says later than those that are known, and the reports with it. Absent members stay. */
export function latest<Members extends object>(
    known: Readonly<Record<string, Report>> = {},
    members: Members,
    report: Report,
): { readonly members: Partial<Members>; readonly reports: Readonly<Record<string, Report>> } {
    const later = Object.entries(members).filter(([name]) => {
        const before = known[name];
        return before === undefined || isEarlier(before, report);
    });
    return {
        members: Object.fromEntries(later) as Partial<Members>,
        reports: { ...known, ...Object.fromEntries(later.map(([name]) => [name, report])) },
    };
}

/** The earlier of two reports of the same value. */
export const earlier = (known: Report | undefined, report: Report): Report =>
    known === undefined || isEarlier(report, known) ? report : known;

/** An element without reports has no entry. */
export const withReports = (reports: Reports, name: string, since: Readonly<Record<string, Report>>): Reports =>
    Object.keys(since).length === 0 ? reports : { ...reports, [name]: since };
