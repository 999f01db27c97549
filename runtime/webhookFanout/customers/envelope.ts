import { isJsonObject, type JsonObject } from "../../shared/json.ts";

/**
 * A payload of commercetools in the Platform format; undefined if it is not an object. A CloudEvent contains that
 * payload, except if it was too large: then its attributes contain all but the values.
 * https://docs.commercetools.com/api/projects/subscriptions#cloudeventspayload
 */
export function platformPayloadIn(value: unknown): JsonObject | undefined {
    if (!isJsonObject(value)) return undefined;
    if (typeof value["specversion"] !== "string") return value;
    const { data, id, source, subject, time, type: eventType, sequence } = value;
    if (isJsonObject(data)) return data;
    const [, typeId, kind, type] =
        /^com\.commercetools\.([\w-]+)\.(message|change)\.(\w+)$/.exec(String(eventType)) ?? [];
    const [, projectKey] = /^\/([^/]+)\//.exec(String(source)) ?? [];
    const resource = { typeId, id: subject };
    if (kind === "change") return { notificationType: type, projectKey, resource, modifiedAt: time };
    return {
        notificationType: "Message",
        id,
        projectKey,
        resource,
        createdAt: time,
        ...(typeof sequence === "string" && { sequenceNumber: Number(sequence) }),
        payloadNotIncluded: { reason: "Payload too large.", payloadType: type },
    };
}

/** What a message is about, and whether it was too large for its values: none of them is known then. */
export function messageTypeOf({ type, payloadNotIncluded: missing }: JsonObject) {
    const { payloadType = type } = isJsonObject(missing) ? missing : {};
    return { type: payloadType, isTooLarge: missing !== undefined && missing !== null };
}
