import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** What a process and all that it has started have used, and hold. */
export interface Usage {
    /** CPU seconds; of processes that have ended, those that the tree has waited for. */
    readonly cpuSeconds: number;
    /** Megabytes; pages that processes share count once where the system tells (Linux). */
    readonly memoryMb: number;
    readonly processes: number;
}

interface Process {
    readonly id: number;
    readonly parent: number;
    readonly cpuSeconds: number;
    memoryMb(): number;
}

export function usageOf(root: number): Usage {
    const all = process.platform === "linux" ? fromProc() : fromPs();
    const tree = all.filter(({ id }) => id === root);
    for (const { id } of tree) tree.push(...all.filter(({ parent }) => parent === id));
    return {
        cpuSeconds: tree.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
        memoryMb: tree.reduce((sum, each) => sum + each.memoryMb(), 0),
        processes: tree.length,
    };
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function fromProc(): Process[] {
    const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
    return ids.flatMap((id): Process[] => {
        try {
            const stat = readFileSync(`/proc/${id}/stat`, "utf8");
            const fields = stat
                .slice(stat.lastIndexOf(")") + 2)
                .split(" ")
                .map(Number);
            // The kernel counts in hundredths of a second.
            const ticks = fields.slice(11, 15).reduce((sum, part) => sum + part, 0);
            const memoryMb = () => {
                const shares = readFileSync(`/proc/${id}/smaps_rollup`, "utf8");
                return Number(/^Pss:\s+(\d+) kB/m.exec(shares)?.[1] ?? Number.NaN) / 1024;
            };
            return [{ id: Number(id), parent: fields[1] ?? 0, cpuSeconds: ticks / 100, memoryMb }];
        } catch {
            // It has ended meanwhile.
            return [];
        }
    });
}

function fromPs(): Process[] {
    const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,rss=,time="], { encoding: "utf8" }).trim().split("\n");
    return lines.map((line) => {
        const [id = "", parent = "", kilobytes = "", time = ""] = line.trim().split(/\s+/);
        // 1-02:03:04 or 3:04.56
        const cpuSeconds = time.split(/[-:]/).reduce((sum, part) => sum * 60 + Number(part), 0);
        return { id: Number(id), parent: Number(parent), cpuSeconds, memoryMb: () => Number(kilobytes) / 1024 };
    });
}
