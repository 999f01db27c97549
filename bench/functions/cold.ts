import { type Findings, spreadOf } from "../figures.ts";
import { buildCandidates, type Candidate } from "./candidates.ts";
import { type Sample, sample } from "./samples.ts";

const processes = 21;

/**
 * Cold start: import and first call in a fresh process. Starting Node.js itself is not counted. The incumbent of
 * `manage` does less: it checks no bearer token and keeps no answer for the idempotency key.
 */
export async function measureCold(directory: string): Promise<Findings> {
    const { bare, receive, receiveNoPreWarm, receiveIncumbent, manage, manageIncumbent, complete } =
        await buildCandidates(directory);
    const candidates = [bare, receive, receiveNoPreWarm, receiveIncumbent, manage, manageIncumbent, complete];
    const samples = await sample(candidates, processes, 0);
    const of = (candidate: Candidate) => samples.get(candidate) ?? [];
    const median = (candidate: Candidate, figure: "firstMs" | "coldMs" | "coldCpuMs") =>
        spreadOf(of(candidate).map((each) => each[figure])).median;
    const share = (candidate: Candidate, figure: "coldMs" | "coldCpuMs") =>
        candidate.incumbent ? median(candidate, figure) / median(candidate.incumbent, figure) : "";
    const rows = candidates.map((candidate: Candidate) => {
        const list = of(candidate);
        const spread = (figure: Exclude<keyof Sample, "undici">) => spreadOf(list.map((each) => each[figure]));
        return {
            bundle: candidate.name,
            "import ms": spread("importMs"),
            "first call ms": spread("firstMs"),
            "both ms": spread("coldMs"),
            "× incumbent": share(candidate, "coldMs"),
            "import CPU ms": spread("importCpuMs"),
            "both CPU ms": spread("coldCpuMs"),
            "× incumbent, CPU": share(candidate, "coldCpuMs"),
            "undici loaded": [...new Set(list.map(({ undici }) => undici))].join(", "),
        };
    });
    const withUndici = (candidate: Candidate) => of(candidate).filter(({ undici }) => undici !== "no").length;
    return {
        tables: [{ title: `Cold start, median [quartiles] of ${processes} processes each`, rows }],
        budgets: [
            {
                what: "receive, CPU of import and first call, share of the incumbent's",
                measured: median(receive, "coldCpuMs") / median(receiveIncumbent, "coldCpuMs"),
                atMost: 0.4,
            },
            { what: "receive, first call after its pre-warm, ms", measured: median(receive, "firstMs"), atMost: 8 },
            { what: "receive, processes that loaded undici", measured: withUndici(receive), atMost: 0 },
            {
                what: "manage, CPU of import and first call, share of the incumbent's",
                measured: median(manage, "coldCpuMs") / median(manageIncumbent, "coldCpuMs"),
                atMost: 0.45,
            },
            { what: "manage, processes that loaded undici", measured: withUndici(manage), atMost: 0 },
        ],
    };
}
