import {
    Action,
    Badge,
    type Done,
    DoneList,
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
import { isAllowed, isDeployed } from "./source.ts";

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

/** Dead letters of all queues: what failed, why, and what a redrive does. */
export function DeadLettersView() {
    const { value, error, reload, isLoading } = useLoaded(
        () => get<readonly ShownQueue[]>("program/dead-letters"),
        [failureCount.value],
    );
    const [done, setDone] = useState<readonly Done[]>();
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
    return (
        <>
            <Problem text={error} />
            {isDeployed() && !isAllowed() && (
                <p class="muted">This console only reads: start it with --allow to redrive and discard.</p>
            )}
            <DoneList of={done} />
            {value === undefined && isLoading && <p class="muted">Reading the queues…</p>}
            {value?.length === 0 && (
                <Empty title="No dead letters">
                    A message that fails all tries of its consumer waits here. <a href={href("webhooks")}>Webhooks</a>{" "}
                    to an endpoint that does not answer end here after 28 hours.
                </Empty>
            )}
            {(value ?? []).map(({ queue, messages, explained }) => (
                <section key={queue} class="card" aria-label={shortName(queue)}>
                    <header>
                        <h2>{shortName(queue)}</h2>
                        <Badge tone="bad">{messages}</Badge>
                        <Action run={change("redrive", queue, undefined, true)}>Dry run</Action>
                        <Action kind="primary" disabled={!isAllowed()} run={change("redrive", queue)}>
                            Redrive all
                        </Action>
                        <Action
                            kind="danger"
                            disabled={!isAllowed()}
                            run={async () => {
                                if (window.confirm(`Delete what no redrive can mend of ${queue}?`))
                                    await change("discard", queue)();
                            }}
                        >
                            Discard what no redrive mends
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
                                    <Action disabled={!isAllowed()} run={change("redrive", queue, letter.messageId)}>
                                        Redrive
                                    </Action>
                                    <Action
                                        kind="danger"
                                        disabled={!isAllowed()}
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
