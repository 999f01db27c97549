import {
    Action,
    Badge,
    Empty,
    failureCount,
    get,
    go,
    href,
    Problem,
    post,
    shortName,
    Time,
    useLoaded,
} from "embedded-aws/console/kit";
import { useState } from "preact/hooks";

interface Explained {
    readonly messageId: string;
    readonly failed: string;
    readonly error: string;
    readonly firstSeen: string;
    readonly tries?: number;
    readonly redrive: string;
    readonly orderId?: string;
    readonly sessionId?: string;
    readonly correlationId?: string;
}

interface ShownQueue {
    readonly queue: string;
    readonly messages: number;
    readonly explained: readonly Explained[];
}

interface Done {
    readonly messageId: string;
    readonly outcome: string;
    readonly words: string;
}

/** Dead letters of all queues: what failed, why, and what a redrive does. */
export function DeadLettersView() {
    const { value, error, reload, isLoading } = useLoaded(
        () => get<readonly ShownQueue[]>("program/dead-letters"),
        [failureCount.value],
    );
    const { value: source } = useLoaded(() => get<{ readonly isAllowed: boolean }>("program/source"), []);
    const [done, setDone] = useState<readonly Done[]>([]);
    const change =
        (kind: string, queue: string, messageId?: string, dryRun = false) =>
        async () => {
            setDone(
                await post<readonly Done[]>(`program/${kind}`, {
                    queue,
                    dryRun,
                    ...(messageId !== undefined && { messageId }),
                }),
            );
            reload();
        };
    const isAllowed = source?.isAllowed === true;
    return (
        <>
            <Problem text={error} />
            {done.length > 0 && (
                <section class="card" aria-label="What was done" role="status">
                    {done.map(({ messageId, outcome, words }) => (
                        <p key={messageId}>
                            <Badge tone={/failed|left/.test(outcome) ? "bad" : "good"}>{outcome}</Badge> {words}
                        </p>
                    ))}
                </section>
            )}
            {value === undefined && isLoading && <p class="muted">Reading the queues…</p>}
            {value?.length === 0 && (
                <Empty title="No dead letters">
                    A message that fails all tries of its consumer waits here. <a href={href("webhooks")}>Webhooks</a>{" "}
                    to an endpoint that does not answer end here after 28 hours.
                </Empty>
            )}
            {(value ?? []).map(({ queue, messages, explained }) => (
                <section key={queue} class="card">
                    <header>
                        <h2>{shortName(queue)}</h2>
                        <Badge tone="bad">{messages}</Badge>
                        <Action run={change("redrive", queue, undefined, true)}>Dry run</Action>
                        <Action kind="primary" disabled={!isAllowed} run={change("redrive", queue)}>
                            Redrive all
                        </Action>
                    </header>
                    {explained.map((letter) => {
                        const id = letter.orderId ?? letter.sessionId ?? letter.correlationId ?? letter.messageId;
                        return (
                            <article key={letter.messageId} class="letter">
                                <p>
                                    <strong>{shortName(letter.failed)}</strong>:{" "}
                                    <span class="problem">{letter.error}</span>
                                </p>
                                <p class="muted">
                                    <Time at={letter.firstSeen} />{" "}
                                    {letter.tries !== undefined && `· ${letter.tries} tries`} · a redrive{" "}
                                    {letter.redrive}
                                </p>
                                <div class="bar">
                                    <Action disabled={!isAllowed} run={change("redrive", queue, letter.messageId)}>
                                        Redrive
                                    </Action>
                                    <Action
                                        kind="danger"
                                        disabled={!isAllowed}
                                        run={change("discard", queue, letter.messageId)}
                                    >
                                        Discard
                                    </Action>
                                    <button
                                        type="button"
                                        class="quiet"
                                        onClick={() =>
                                            go(letter.orderId === undefined ? href("trace", id) : href("orders", id))
                                        }
                                    >
                                        Its log and trace
                                    </button>
                                </div>
                            </article>
                        );
                    })}
                </section>
            ))}
        </>
    );
}
