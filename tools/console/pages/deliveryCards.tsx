import { Action, Badge, Details, Empty, href, Json, now, parsed, post, span, Time } from "embedded-aws/console/kit";
import { useEffect } from "preact/hooks";
import type { ShownDelivery } from "../shown.ts";
import { toneOf } from "./lists.tsx";
import { isAllowed } from "./source.ts";

interface CardsProps {
    readonly deliveries: readonly ShownDelivery[];
    onChange(): void;
}

/** Each delivery with its attempts, and when the next one is. */
export function DeliveryCards({ deliveries, onChange }: CardsProps) {
    // A countdown goes on each second, as long as something waits.
    const isWaiting = deliveries.some(
        ({ status, nextAttemptAt }) => status === "pending" && nextAttemptAt !== undefined,
    );
    useEffect(() => {
        if (!isWaiting) return undefined;
        const timer = setInterval(() => {
            now.value = Date.now();
        }, 1000);
        return () => clearInterval(timer);
    }, [isWaiting]);
    if (deliveries.length === 0) {
        return (
            <Empty title="No webhook">
                No endpoint was registered when it happened: open the <a href={href("webhooks", "inbox")}>inbox</a>, and
                repeat it.
            </Empty>
        );
    }
    return (
        <div>
            {deliveries.map((delivery) => {
                const { endpointId, deliveryId, eventType, status, occurredAt, nextAttemptAt, body, attempts } =
                    delivery;
                const resend = async () => {
                    await post("program/resend", { endpointId, deliveryId });
                    onChange();
                };
                return (
                    <Details
                        class="card"
                        key={`${endpointId} ${deliveryId}`}
                        name={`${endpointId} ${deliveryId}`}
                        head={
                            <>
                                <Badge tone={toneOf(status)}>{status}</Badge> <strong>{eventType}</strong>{" "}
                                <Time at={occurredAt} />{" "}
                                <span class="muted">
                                    {attempts.length} {attempts.length === 1 ? "attempt" : "attempts"}
                                    {nextAttemptAt !== undefined &&
                                        status !== "delivered" &&
                                        `, next in ${span(Math.max(0, Date.parse(nextAttemptAt) - now.value))}`}
                                </span>
                            </>
                        }
                    >
                        <table class="list">
                            <thead>
                                <tr>
                                    <th>Attempt</th>
                                    <th>When</th>
                                    <th>Answer</th>
                                    <th class="number">Took</th>
                                </tr>
                            </thead>
                            <tbody>
                                {attempts.map(
                                    ({ number, at, status: came, httpStatus, error, response, durationMs }) => (
                                        <tr key={String(number)}>
                                            <td>{String(number)}</td>
                                            <td>
                                                <Time at={String(at)} />
                                            </td>
                                            <td>
                                                <Badge tone={toneOf(String(came))}>{String(httpStatus ?? came)}</Badge>{" "}
                                                {String(error ?? response ?? "").slice(0, 200)}
                                            </td>
                                            <td class="number">{span(Number(durationMs))}</td>
                                        </tr>
                                    ),
                                )}
                            </tbody>
                        </table>
                        <h2 class="minor apart">Request</h2>
                        <p class="muted">
                            The same at every attempt, but for the time and the signature in{" "}
                            <code>webhook-timestamp</code> and <code>webhook-signature</code>:{" "}
                            <code>webhook-id: {deliveryId}</code>
                        </p>
                        {body === undefined ? (
                            <p class="muted">Its body is not kept any more.</p>
                        ) : (
                            <Json value={parsed(body)} label="Body" />
                        )}
                        <Action run={resend} disabled={!isAllowed()}>
                            Resend
                        </Action>{" "}
                        <a href={href("webhooks", endpointId)}>Endpoint</a>
                    </Details>
                );
            })}
        </div>
    );
}
