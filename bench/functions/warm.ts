import { type Budget, type Findings, type Spread, spreadOf, type Table } from "../figures.ts";
import { buildCandidates, type Candidate } from "./candidates.ts";
import { sample } from "./samples.ts";

/**
 * The cost of a call once everything is loaded, one after the other.
 *
 * With AWS every call does all its work: `receive` sends its message, `manage` looks for the key, reads the products
 * and writes the version with the record of the key. Its incumbent only reads the products and writes the version.
 *
 * By door and dialect it is the same purchase in each version of ACP and in UCP, and as tools of MCP.
 *
 * Without AWS it is what `manage` adds to each call: parsing the event, finding the route, checking the bearer's key,
 * the version, the idempotency key and the whole body, writing one line of log and answering.
 * It is measured twice. "refusing" is the deployed bundle with a body in which one member is wrong: it goes the whole
 * way, with the fault explained instead of the body's fingerprint taken. "until it needs AWS" is a handler of the same
 * parts with the good body, which answers where `manage` begins to read.
 */
export async function measureWarm(directory: string): Promise<Findings> {
    const built = await buildCandidates(directory);
    const { bare, receive, receiveFull, receiveIncumbent, manage, manageFull, manageIncumbent } = built;
    const { edge, refusing, refusingIncumbent } = built;
    const withAws = await measured(
        [bare, receive, receiveFull, receiveIncumbent, manage, manageFull, manageIncumbent],
        5,
        1000,
    );
    const { manage20250929, manage20251212, manage20260116, manage20260130, mcp, ucp, ucpKey, ucpTool } = built;
    const doors = [manage, manage20260130, manage20260116, manage20251212, manage20250929, mcp, ucp, ucpKey, ucpTool];
    const byDoor = await measured(doors, 3, 1000);
    const without = await measured([bare, edge, refusing, refusingIncumbent], 3, 20_000);
    return {
        tables: [
            table("Warm", withAws),
            table("Warm, by door and dialect", byDoor),
            table("Warm, without AWS", without),
        ],
        budgets: [
            { ...cpuShareOf(receive, withAws), atMost: 0.3 },
            { ...cpuShareOf(manage, withAws), atMost: 0.5 },
            ...[edge, refusing].map((candidate) => overheadOf(candidate, without)),
        ],
    };
}

interface Measured {
    readonly processes: number;
    readonly calls: number;
    readonly candidates: readonly Candidate[];
    /** In microseconds. */
    readonly costs: ReadonlyMap<Candidate, { readonly call: Spread; readonly callCpu: Spread }>;
}

async function measured(candidates: readonly Candidate[], processes: number, calls: number): Promise<Measured> {
    const samples = await sample(candidates, processes, calls);
    const costs = [...samples].map(([candidate, list]) => {
        const call = spreadOf(list.map(({ callUs }) => callUs));
        return [candidate, { call, callCpu: spreadOf(list.map(({ callCpuUs }) => callCpuUs)) }] as const;
    });
    return { processes, calls, candidates, costs: new Map(costs) };
}

function table(title: string, { processes, calls, candidates, costs }: Measured): Table {
    const median = (candidate: Candidate | undefined, cost: "call" | "callCpu") =>
        (candidate && costs.get(candidate)?.[cost].median) ?? Number.NaN;
    const share = (candidate: Candidate, cost: "call" | "callCpu") =>
        candidate.incumbent && costs.has(candidate.incumbent)
            ? median(candidate, cost) / median(candidate.incumbent, cost)
            : "";
    return {
        title: `${title}: ${calls} calls one after the other, median [quartiles] of ${processes} processes each`,
        rows: candidates.map((candidate) => ({
            bundle: candidate.name,
            "µs a call": costs.get(candidate)?.call ?? "",
            "× incumbent": share(candidate, "call"),
            "CPU µs a call": costs.get(candidate)?.callCpu ?? "",
            "× incumbent, CPU": share(candidate, "callCpu"),
        })),
    };
}

function cpuShareOf(candidate: Candidate, { costs }: Measured) {
    const median = (of: Candidate | undefined) => (of && costs.get(of)?.callCpu.median) ?? Number.NaN;
    return {
        what: `${candidate.name}, CPU of a warm call, share of the incumbent's`,
        measured: median(candidate) / median(candidate.incumbent),
    };
}

/** CPU and not time: what else the machine does meanwhile is not the callback's. */
function overheadOf(candidate: Candidate, { costs }: Measured): Budget {
    const measured = costs.get(candidate)?.callCpu.median ?? Number.NaN;
    return { what: `${candidate.name}: validation, routing and logging of a call, CPU µs`, measured, atMost: 60 };
}
