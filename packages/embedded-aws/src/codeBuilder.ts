import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { BuildAnswer, BuildRequest } from "./codeBuilderProcess.ts";
import type { CodeBuilder } from "./newCode.ts";

/** Code that cannot be built; the message is for its author. */
class BuildError extends Error {
    override readonly name = "BuildError";
}

/** The project's builder, in a process that is started before it is needed and again when it may have changed. */
export class CodeBuilderProcess implements CodeBuilder {
    readonly #file: string | undefined;
    #child: ChildProcess | undefined;

    /** @param file the module that exports `rebuild`. @default none, with which nothing is built */
    constructor(file: string | undefined) {
        this.#file = file;
        this.restart();
    }

    restart(): void {
        this.stop();
        if (this.#file === undefined) return;
        this.#child = fork(join(import.meta.dirname, "./codeBuilderProcess.ts"), [this.#file], {
            serialization: "advanced",
        });
    }

    stop(): void {
        this.#child?.kill();
        this.#child = undefined;
    }

    /** One at a time. @throws BuildError */
    async rebuild(files: readonly string[], folders: readonly string[]) {
        if (this.#child === undefined) return undefined;
        const request: BuildRequest = { files, folders };
        // It may have ended since the last build.
        const answer = (await this.#answerTo(request)) ?? (await this.#answerTo(request));
        if (answer === undefined) throw new BuildError("the builder of the code has ended");
        if ("folders" in answer) return answer.folders;
        throw new BuildError(answer.failure);
    }

    /** Undefined when it ends before it answers. After that, and after a failure, which may be of its own children, it begins anew. */
    async #answerTo(request: BuildRequest): Promise<BuildAnswer | undefined> {
        const child = this.#child;
        if (child === undefined) return undefined;
        const answer = await new Promise<BuildAnswer | undefined>((resolve) => {
            const ended = () => resolve(undefined);
            child.once("exit", ended);
            child.once("error", ended);
            // Only codeBuilderProcess.ts sends it.
            child.once("message", (message) => resolve(message as BuildAnswer));
            child.send(request);
        });
        child.removeAllListeners();
        if (answer === undefined || "failure" in answer) this.restart();
        return answer;
    }
}
