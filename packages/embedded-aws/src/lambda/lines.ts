import type { Readable } from "node:stream";

/** Hands on what a process writes line by line; a last line without its end comes when the stream ends. */
export function eachLine(stream: Readable, onLine: (line: string) => void): void {
    let rest = "";
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => {
        const lines = (rest + text).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) onLine(line);
    });
    stream.on("end", () => {
        if (rest !== "") onLine(rest);
    });
}
