import { computed } from "@preact/signals";
import { useState } from "preact/hooks";
import { depthOf, depths } from "./activity.ts";
import { get, post, useLoaded } from "./api.ts";
import { extension } from "./extension.ts";
import { shortName } from "./graph.ts";
import { onEntries } from "./live.ts";
import { More, mostRows } from "./paging.tsx";
import { Action, Badge, Details, Empty, Json, PageHead, Problem, Time } from "./parts.tsx";
import { href } from "./router.ts";
import type { Depth, HeldQueue } from "./types.ts";

/** Dead letters of all queues. */
export const failureCount = computed(() => {
    const dead = [...depths.value.values()].filter(({ deadLetters }) => deadLetters);
    return dead.reduce((sum, depth) => sum + depthOf(depth), 0);
});

/** Keeps the count up to date on every page. */
export function followFailures(): () => void {
    let timer: number | undefined;
    const read = async () => {
        timer = undefined;
        const all = await get<readonly Depth[]>("depths").catch(() => []);
        if (all.length > 0) depths.value = new Map(all.map((depth) => [depth.name, depth]));
    };
    void read();
    const end = onEntries(() => {
        timer ??= window.setTimeout(read, 1500);
    });
    // What a service moves to a dead-letter queue by itself nobody calls for.
    const idle = setInterval(() => document.hidden || read(), 5_000);
    return () => {
        clearTimeout(timer);
        clearInterval(idle);
        end();
    };
}

export function FailuresPage() {
    const own = extension().failures?.();
    return (
        <>
            <PageHead title="Failures" lead="Messages that failed all tries: they wait in dead-letter queues" />
            {own ?? <DeadLetters />}
        </>
    );
}

/** What became of a dead letter. */
export interface Done {
    readonly messageId: string;
    readonly outcome: string;
    readonly words: string;
}

export function DoneList({ of }: { readonly of: readonly Done[] | undefined }) {
    if (of === undefined) return null;
    return (
        <section class="card" aria-label="What was done" role="status">
            {of.length === 0 && <p>There is no message any more.</p>}
            {of.map(({ messageId, outcome, words }) => (
                <p key={messageId}>
                    <Badge tone={/failed|left/.test(outcome) ? "bad" : "good"}>{outcome}</Badge> {words}
                </p>
            ))}
        </section>
    );
}

/** For a program that says nothing of its own about them. */
function DeadLetters() {
    const { value, error, reload } = useLoaded(() => get<readonly HeldQueue[]>("queues"), [failureCount.value]);
    const [done, setDone] = useState<readonly Done[]>();
    const held = (value ?? []).filter(({ deadLetters, messages }) => deadLetters && messages.length > 0);
    const change = (action: "redrive" | "discard", input: Readonly<Record<string, unknown>>) => async () => {
        setDone(await post<readonly Done[]>(action, input));
        reload();
    };
    return (
        <>
            <Problem text={error} />
            <DoneList of={done} />
            {value !== undefined && held.length === 0 && (
                <Empty title="No dead letters">
                    A message that fails all tries of its consumer appears here. To try it, send one to a queue of dead
                    letters under <a href={href("data", "queues")}>Data</a>.
                </Empty>
            )}
            {held.map(({ name, messages }) => (
                <section key={name} class="card" aria-label={shortName(name)}>
                    <header>
                        <h2>{shortName(name)}</h2>
                        <Badge tone="bad">{messages.length}</Badge>
                        <Action run={change("redrive", { queue: name, dryRun: true })}>Dry run</Action>
                        <Action kind="primary" run={change("redrive", { queue: name })}>
                            Redrive all
                        </Action>
                        <Action
                            kind="danger"
                            run={async () => {
                                if (window.confirm(`Delete ${messages.length} messages of ${name}?`))
                                    await change("discard", { queue: name })();
                            }}
                        >
                            Discard all
                        </Action>
                    </header>
                    {messages.slice(0, mostRows(step)).map(({ messageId, sent, receives, reason, body }) => (
                        <article key={messageId} class="letter">
                            <p>
                                <strong class="problem">{reason ?? "it does not say why"}</strong>
                            </p>
                            <p class="muted">
                                <Time at={sent} /> · {receives} receives
                            </p>
                            <div class="bar">
                                <Action run={change("redrive", { queue: name, messageId })}>Redrive</Action>
                                <Action kind="danger" run={change("discard", { queue: name, messageId })}>
                                    Discard
                                </Action>
                                <a href={href("trace", messageId)}>Its log and trace</a>
                            </div>
                            <Details name={messageId} head="Message">
                                <Json value={body} label="Message" />
                            </Details>
                        </article>
                    ))}
                    <More all={messages.length} most={mostRows(step)} step={step} />
                </section>
            ))}
        </>
    );
}

/** How many messages of a queue the document has at most. */
const step = 50;
