import { completeIn } from "../calls/commands.ts";
import { completeSession, holderOf } from "../session/completion.ts";
import { type Serve, sentIn } from "./calls.ts";
import { ucpDialect } from "./dialect.ts";

/** Pays, and places the order. */
export const completing =
    (till: Parameters<typeof completeSession>[0]): Serve =>
    async (asked) => {
        const command = completeIn(sentIn(asked), asked.call, ucpDialect(asked.telling), holderOf(asked.context));
        return "problem" in command ? command : await completeSession(till, command);
    };
