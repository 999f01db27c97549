import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Arrivals, Owner, Question } from "./sink.ts";

/** A receiver on this machine that verifies what it gets: see sink.ts. */
export class Receiver {
    readonly url: string;
    readonly #child: ChildProcess;

    private constructor(url: string, child: ChildProcess) {
        this.url = url;
        this.#child = child;
    }

    static async start(): Promise<Receiver> {
        const execArgv = ["--disable-warning=ExperimentalWarning"];
        const child = fork(join(import.meta.dirname, "sink.ts"), { execArgv, stdio: ["ignore", 2, 2, "ipc"] });
        const [url] = await once(child, "message");
        return new Receiver(String(url), child);
    }

    async expect(owners: readonly Owner[]): Promise<void> {
        await this.#ask({ owners });
    }

    /** What came since this was asked the last time. */
    async arrivals(): Promise<Arrivals> {
        // The answers of sink.ts are of this form.
        return (await this.#ask("what came?")) as Arrivals;
    }

    stop(): void {
        this.#child.disconnect();
    }

    async #ask(question: Question): Promise<unknown> {
        const answer = once(this.#child, "message");
        this.#child.send(question);
        return (await answer)[0];
    }
}
