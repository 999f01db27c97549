import { type Findings, spreadOf } from "../figures.ts";
import { buildCandidates, type Candidate } from "./candidates.ts";
import { type Sample, sample } from "./samples.ts";

const processes = 21;

/**
 * Cold start: import and first call in a fresh process. Starting Node.js itself is not counted. The incumbent of
 * `manage` does less: it checks no bearer token and keeps no answer for the idempotency key. `complete`, which has none of
 * its own, is compared with the same.
 */
export async function measureCold(directory: string): Promise<Findings> {
    const built = await buildCandidates(directory);
    const { bare, receive, receiveFull, receiveNoPreWarm, receiveIncumbent } = built;
    const { receiveOverTls, receiveIncumbentOverTls, manage, manageFull, manageIncumbent, complete } = built;
    const candidates: readonly Candidate[] = [
        ...[bare, receive, receiveFull, receiveNoPreWarm, receiveIncumbent, receiveOverTls, receiveIncumbentOverTls],
        ...[manage, manageFull, manageIncumbent, complete],
    ];
    const samples = await sample(candidates, processes, 0);
    const of = (candidate: Candidate) => samples.get(candidate) ?? [];
    const median = (candidate: Candidate, figure: "coldMs" | "coldCpuMs" | "importCpuMs") =>
        spreadOf(of(candidate).map((each) => each[figure])).median;
    const share = (candidate: Candidate, figure: "coldMs" | "coldCpuMs") =>
        candidate.incumbent ? median(candidate, figure) / median(candidate.incumbent, figure) : "";
    const rows = candidates.map((candidate) => {
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
    const firstCpu = (candidate: Candidate) => median(candidate, "coldCpuMs") - median(candidate, "importCpuMs");
    const cpuShareOf = (candidate: Candidate) => ({
        what: `${candidate.name}, CPU of import and first call, share of the incumbent's`,
        measured: Number(share(candidate, "coldCpuMs") || Number.NaN),
    });
    const withUndici = (candidate: Candidate) => of(candidate).filter(({ undici }) => undici !== "no").length;
    return {
        tables: [{ title: `Cold start, median [quartiles] of ${processes} processes each`, rows }],
        budgets: [
            { ...cpuShareOf(receive), atMost: 0.2 },
            { ...cpuShareOf(receiveOverTls), atMost: 0.3 },
            {
                what: "receive, CPU of the first call after its pre-warm, share of the incumbent's",
                measured: firstCpu(receive) / firstCpu(receiveIncumbent),
                atMost: 0.2,
            },
            { what: "receive, processes that loaded undici", measured: withUndici(receive), atMost: 0 },
            { ...cpuShareOf(receiveFull), atMost: 0.4 },
            { ...cpuShareOf(manage), atMost: 0.25 },
            { what: "manage, processes that loaded undici", measured: withUndici(manage), atMost: 0 },
            { ...cpuShareOf(manageFull), atMost: 0.45 },
            // The dialects that most requests do not speak are loaded late.
            { ...cpuShareOf(complete), atMost: 0.32 },
        ],
    };
}
