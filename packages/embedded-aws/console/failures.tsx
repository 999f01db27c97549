import { computed } from "@preact/signals";
import { depthOf, depths } from "./activity.ts";
import { get, post, useLoaded } from "./api.ts";
import { extension } from "./extension.ts";
import { nodesNow, shortName } from "./graph.ts";
import { onEntries } from "./live.ts";
import { Action, Badge, Empty, Json, PageHead, Problem, Time } from "./parts.tsx";
import { href } from "./router.ts";
import type { Depth, HeldQueue } from "./types.ts";

/** Dead letters of all queues. */
export const failureCount = computed(() => {
    const dead = [...nodesNow().values()].filter(({ deadLetters }) => deadLetters === true);
    return dead.reduce((sum, { name }) => sum + depthOf(depths.value.get(name)), 0);
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
    const idle = setInterval(read, 5_000);
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

/** For a program that says nothing of its own about them. */
function DeadLetters() {
    const { value, error, reload } = useLoaded(() => get<readonly HeldQueue[]>("queues"), [failureCount.value]);
    const held = (value ?? []).filter(({ deadLetters, messages }) => deadLetters && messages.length > 0);
    if (value !== undefined && held.length === 0) {
        return <Empty title="No dead letters">A message that fails all tries of its consumer appears here.</Empty>;
    }
    return (
        <>
            <Problem text={error} />
            {held.map(({ name, messages }) => (
                <section key={name} class="card">
                    <header>
                        <h2>{shortName(name)}</h2>
                        <Badge tone="bad">{messages.length}</Badge>
                        <Action
                            kind="danger"
                            run={async () => {
                                if (!window.confirm(`Delete ${messages.length} messages of ${name}?`)) return;
                                await post("purge", { queue: name });
                                reload();
                            }}
                        >
                            Purge
                        </Action>
                    </header>
                    {messages.map(({ messageId, sent, receives, reason, body }) => (
                        <details key={messageId}>
                            <summary>
                                <Time at={sent} /> <strong>{reason ?? "it does not say why"}</strong>{" "}
                                <span class="muted">{receives} receives</span>{" "}
                                <a href={href("trace", messageId)}>trace</a>
                            </summary>
                            <Json value={body} label="Message" />
                        </details>
                    ))}
                </section>
            ))}
        </>
    );
}
