import { Action, Badge, Empty, href, Json, now, parsed, span, Time } from "embedded-aws/console/kit";
import type { ShownDelivery } from "../shown.ts";
import { toneOf } from "./lists.tsx";
import { call } from "./shop.ts";

interface CardsProps {
    readonly deliveries: readonly ShownDelivery[];
    readonly isEmbedded: boolean;
    onChange(): void;
}

/** Each delivery with its attempts, and when the next one is. */
export function DeliveryCards({ deliveries, isEmbedded, onChange }: CardsProps) {
    if (deliveries.length === 0) {
        return (
            <Empty title="No webhook">
                Nobody was registered when it happened: open the <a href={href("webhooks", "inbox")}>inbox</a>, and buy
                again.
            </Empty>
        );
    }
    return (
        <div>
            {deliveries.map((delivery) => {
                const { endpointId, deliveryId, eventType, status, occurredAt, nextAttemptAt, body, attempts } =
                    delivery;
                const resend = async () => {
                    await call(
                        "POST",
                        `/webhook_endpoints/${endpointId}/deliveries/${encodeURIComponent(deliveryId)}/resend`,
                    );
                    onChange();
                };
                return (
                    <details class="card" key={`${endpointId} ${deliveryId}`}>
                        <summary>
                            <Badge tone={toneOf(status)}>{status}</Badge> <strong>{eventType}</strong>{" "}
                            <Time at={occurredAt} />{" "}
                            <span class="muted">
                                {attempts.length} attempts
                                {nextAttemptAt !== undefined &&
                                    status !== "delivered" &&
                                    `, next in ${span(Math.max(0, Date.parse(nextAttemptAt) - now.value))}`}
                            </span>
                        </summary>
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
                        {body !== undefined && <Json value={parsed(body)} label="Body" />}
                        {isEmbedded && <Action run={resend}>Resend</Action>}{" "}
                        <a href={href("webhooks", endpointId)}>Endpoint</a>
                    </details>
                );
            })}
        </div>
    );
}
