import { useState } from "preact/hooks";
import { get, post, useLoaded } from "./api.ts";
import { extension } from "./extension.ts";
import { shortName } from "./graph.ts";
import { More, mostRows } from "./paging.tsx";
import { Action, Badge, Details, Empty, Json, Note, Problem, Time } from "./parts.tsx";
import { href } from "./router.ts";
import type { HeldQueue } from "./types.ts";

/** How many messages the document has, until more are asked for. */
const step = 100;

export function Names({
    names,
    current,
    kind,
}: {
    readonly names: readonly (readonly [name: string, note: string | undefined])[];
    readonly current: string | undefined;
    readonly kind: string;
}) {
    return (
        <nav class="names" aria-label={kind}>
            {names.map(([name, note]) => (
                <a key={name} href={href("data", kind, name)} aria-current={name === current ? "page" : undefined}>
                    {shortName(name)} {note !== undefined && <span class="muted">{note}</span>}
                </a>
            ))}
        </nav>
    );
}

export function Queues({ name }: { readonly name: string | undefined }) {
    const { value, error, reload } = useLoaded(() => get<readonly HeldQueue[]>("queues"), []);
    const sorted = (value ?? []).toSorted(
        (one, other) => Number(one.deadLetters) - Number(other.deadLetters) || other.visible - one.visible,
    );
    const queue = sorted.find((each) => each.name === name) ?? sorted[0];
    const [body, setBody] = useState("{}");
    if (value?.length === 0) {
        return (
            <Empty title="No queue">
                A resource of the type <code>aws:sqs/queue:Queue</code> in the program adds one.
            </Empty>
        );
    }
    return (
        <div class="split">
            <Names
                names={sorted.map((each) => [
                    each.name,
                    each.visible + each.inFlight + each.delayed === 0
                        ? undefined
                        : String(each.visible + each.inFlight + each.delayed),
                ])}
                current={queue?.name}
                kind="queues"
            />
            {queue !== undefined && (
                <div>
                    <Problem text={error} />
                    <p>
                        <Badge tone={queue.deadLetters && queue.visible > 0 ? "bad" : "plain"}>
                            {queue.visible} visible
                        </Badge>{" "}
                        {queue.inFlight} in flight, {queue.delayed} delayed
                    </p>
                    <Note page="data/queues" />
                    {!extension().isReadOnly && (
                        <div class="bar">
                            <label>
                                Message <input value={body} onInput={(event) => setBody(event.currentTarget.value)} />
                            </label>
                            <Action run={() => post("send", { queue: queue.name, body }).then(reload)}>Send</Action>
                            <Action
                                kind="danger"
                                run={async () => {
                                    if (!window.confirm(`Delete all messages of ${queue.name}?`)) return;
                                    await post("purge", { queue: queue.name });
                                    reload();
                                }}
                            >
                                Purge
                            </Action>
                        </div>
                    )}
                    {queue.messages.length === 0 && extension().isReadOnly ? null : queue.messages.length === 0 ? (
                        <Empty title="No messages">
                            What is sent to it shows here until its consumer takes it: send one above, or press an
                            action on the <a href={href()}>flow</a>.
                        </Empty>
                    ) : (
                        queue.messages
                            .slice(0, mostRows(step))
                            .map(({ messageId, sent, body: held, receives, reason }) => (
                                <Details
                                    key={messageId}
                                    name={messageId}
                                    head={
                                        <>
                                            <Time at={sent} /> <code>{messageId}</code>{" "}
                                            <span class="muted">
                                                {receives} receives {reason}
                                            </span>
                                        </>
                                    }
                                >
                                    <Json value={held} label="Message" />
                                </Details>
                            ))
                    )}
                    <More all={queue.messages.length} most={mostRows(step)} step={step} />
                </div>
            )}
        </div>
    );
}
