import { type Findings, spreadOf } from "../figures.ts";
import type { Candidate } from "./candidates.ts";
import { sample } from "./samples.ts";

const calls = 1000;

/** The cost of a call once everything is loaded: one after the other, each with its message to SQS. */
export async function measureWarm(candidates: readonly Candidate[]): Promise<Findings> {
    const samples = await sample(
        candidates.filter(({ name }) => name !== "receive, no pre-warm"),
        5,
        calls,
    );
    const rows = [...samples].map(([{ name }, list]) => ({
        bundle: name,
        "µs a call": spreadOf(list.map(({ callUs }) => callUs)),
        "CPU µs a call": spreadOf(list.map(({ callCpuUs }) => callCpuUs)),
    }));
    const incumbent = rows.find(({ bundle }) => bundle === "incumbent");
    const against = (median: number, column: "µs a call" | "CPU µs a call") =>
        median / (incumbent?.[column].median ?? Number.NaN);
    return {
        tables: [
            {
                title: `Warm, ${calls} calls one after the other, median [quartiles] of 5 processes each`,
                rows: rows.map((row) => ({
                    ...row,
                    "× incumbent": against(row["µs a call"].median, "µs a call"),
                    "× incumbent, CPU": against(row["CPU µs a call"].median, "CPU µs a call"),
                })),
            },
        ],
        budgets: [],
    };
}
