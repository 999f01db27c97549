/**
 * `npm run feed`: what feeds tell of the products.
 */

import type { Feed } from "../runtime/feed/target.ts";
import { type ExitCode, exitCodes, runCommand, UsageError } from "./operator/command.ts";
import { deployedFeed } from "./operator/feedOf.ts";
import { lacksInWords, validation } from "./operator/feedValidation.ts";
import { Stack, stackOptions, stackUsage } from "./operator/stack.ts";

const usage = `npm run feed -- validate [<target>]       lists the products that a feed leaves out, and what each lacks
${stackUsage}`;

interface Asked {
    readonly stack: Stack;
    readonly feed: Feed;
    readonly isJson: boolean;
}

async function validate({ stack, feed, isJson }: Asked): Promise<ExitCode> {
    const tallies = await validation(stack, feed, (lacking) => {
        const { target, productId, lacks } = lacking;
        console.log(isJson ? JSON.stringify(lacking) : `${target}: ${productId} lacks ${lacks.join(", ")}`);
    });
    for (const tally of tallies) {
        const { target, told, leftOut, lacks } = tally;
        const because = leftOut === 0 ? "" : ` (${lacksInWords(lacks)})`;
        console.log(isJson ? JSON.stringify(tally) : `${target}: ${told} told, ${leftOut} left out${because}`);
    }
    return tallies.some(({ leftOut }) => leftOut > 0) ? exitCodes.found : exitCodes.good;
}

const actions = { validate } as const;
const isAction = (word: string): word is keyof typeof actions => Object.hasOwn(actions, word);

await runCommand({
    usage,
    options: stackOptions,
    words: 2,
    run: async (values, [action, name]) => {
        if (action === undefined || !isAction(action)) {
            const known = Object.keys(actions).join(", ");
            throw new UsageError(
                action === undefined ? `say one of ${known}` : `${JSON.stringify(action)} is none of ${known}`,
            );
        }
        const stack = await Stack.of(values);
        try {
            const { shop, targets } = (await deployedFeed(stack)) ?? stack.feed;
            if (targets.length === 0) throw new UsageError("the stack has no feed: set feed.targets");
            const asked = targets.filter((target) => name === undefined || target.name === name);
            if (asked.length === 0) {
                throw new UsageError(
                    `there is no feed ${name}; there are ${targets.map((target) => target.name).join(", ")}`,
                );
            }
            return await actions[action]({ stack, feed: { shop, targets: asked }, isJson: values.json });
        } finally {
            stack.close();
        }
    },
});
