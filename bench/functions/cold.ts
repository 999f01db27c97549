import { type Findings, spreadOf } from "../figures.ts";
import type { Candidate } from "./candidates.ts";
import { type Sample, sample } from "./samples.ts";

/** Cold start: import and first call in a fresh process. Starting Node.js itself is not counted. */
export async function measureCold(candidates: readonly Candidate[]): Promise<Findings> {
    const samples = await sample(candidates, 21, 0);
    const of = (name: Candidate["name"]) => [...samples].find(([candidate]) => candidate.name === name)?.[1] ?? [];
    const receive = of("receive");
    const incumbent = of("incumbent");
    const medianOf = (list: readonly Sample[], figure: "firstMs" | "coldMs" | "coldCpuMs") =>
        spreadOf(list.map((each) => each[figure])).median;
    const rows = [...samples].map(([{ name }, list]) => ({
        bundle: name,
        "import ms": spreadOf(list.map(({ importMs }) => importMs)),
        "first call ms": spreadOf(list.map(({ firstMs }) => firstMs)),
        "both ms": spreadOf(list.map(({ coldMs }) => coldMs)),
        "× incumbent": medianOf(list, "coldMs") / medianOf(incumbent, "coldMs"),
        "import CPU ms": spreadOf(list.map(({ importCpuMs }) => importCpuMs)),
        "both CPU ms": spreadOf(list.map(({ coldCpuMs }) => coldCpuMs)),
        "× incumbent, CPU": medianOf(list, "coldCpuMs") / medianOf(incumbent, "coldCpuMs"),
        "undici loaded": [...new Set(list.map(({ undici }) => undici))].join(", "),
    }));
    return {
        tables: [{ title: `Cold start, median [quartiles] of ${receive.length} processes each`, rows }],
        budgets: [
            {
                what: "receive, CPU of import and first call, share of the incumbent's",
                measured: medianOf(receive, "coldCpuMs") / medianOf(incumbent, "coldCpuMs"),
                atMost: 0.4,
            },
            { what: "receive, first call after its pre-warm, ms", measured: medianOf(receive, "firstMs"), atMost: 8 },
            {
                what: "receive, processes that loaded undici",
                measured: receive.filter(({ undici }) => undici !== "no").length,
                atMost: 0,
            },
        ],
    };
}
