import type { Answer } from "./runtimeApi.ts";

/** One call of a function, from its acceptance to its answer. */
export interface Invocation {
    readonly requestId: string;
    readonly payload: string;
    readonly traceHeader: string;
    readonly clientContext?: string;
    readonly identity?: string;
    /** It is answered. @param initMs of the environment's INIT, of its first invocation */
    finish(answer: Answer, durationMs: number, initMs?: number): void;
    /** Called when Lambda stops: it gets no answer. */
    abandon(): void;
}

/** Why INIT failed, in the words for the invocation that waited for it. */
export interface InitFailure {
    readonly kind: "error" | "timeout";
    answerTo(requestId: string): Answer;
}

/** The source of an environment's next invocation. */
export interface EnvironmentOwner {
    /** INIT is over, the first invocation may come. */
    initialised(): void;
    /** The invocation is answered, the next may come. */
    freed(): void;
    /** The process is gone; `undone` was handed to it and has no answer. */
    ended(initFailure: InitFailure | undefined, undone: Invocation | undefined): void;
}
