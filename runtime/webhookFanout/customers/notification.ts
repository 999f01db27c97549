import { jsonIn } from "../../shared/http.ts";
import { uuidOf } from "../../shared/ids.ts";
import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import { type CommercetoolsCustomer, extractCustomerFromPayload } from "./customer.ts";
import { platformPayloadIn } from "./envelope.ts";
import { type Person, personOf } from "./segment.ts";

/** A message of the topic. */
export interface Arrival {
    /** SNS's id of it: the same in every copy. */
    readonly id: string;
    /** ISO 8601 */
    readonly publishedAt: string;
    readonly text: string;
}

/** Whom a notification is about. */
export interface Subject {
    /** What the customer is known by in the table of turns. */
    readonly key: string;
    readonly person: Person;
}

/** What a notification says. */
type Reading =
    | { readonly is: "change"; readonly change: Change }
    | { readonly is: "deletion"; readonly subject: Subject; readonly dataErasure: boolean }
    | Dismissal;

/** Nothing to be told to anybody: as it should be, or because the notification cannot be used. */
type Dismissal = { readonly is: "ignored"; readonly why: string } | { readonly is: "unusable"; readonly why: string };

/** A customer was created or changed. */
export interface Change {
    readonly subject: Subject;
    /** Where the customer can be read; absent in the payload that names nobody. */
    readonly source?: { readonly projectKey: string; readonly customerId: string };
    readonly messageId: string;
    /** ISO 8601 */
    readonly happenedAt: string;
    /** Which of two changes is newer; comparable within the scale. */
    readonly order: number;
    readonly scale: "sequence" | "published";
    /** The version that the change led to. */
    readonly version?: number;
    /** What it says of the customer, or why that is nothing. */
    readonly content: { readonly customer: CommercetoolsCustomer } | Dismissal;
}

const ignored = (why: string): Dismissal => ({ is: "ignored", why });
const unusable = (why: string): Dismissal => ({ is: "unusable", why });

/**
 * What a message of the topic says: in the Platform format or as a CloudEvent, a message or a change notification of
 * commercetools, its test notification, or the payload of the source system, which names neither project nor customer.
 * No reason quotes a value of it.
 */
export function readNotification(arrival: Arrival): Reading {
    const payload = platformPayloadIn(jsonIn(Buffer.from(arrival.text)));
    if (payload === undefined) return unusable("it is not a JSON object");
    const { resource, notificationType } = payload;
    const { typeId, id } = isJsonObject(resource) ? resource : {};
    // Tokens and groups of customers are resources of their own.
    if (resource !== undefined && typeId !== "customer") {
        return ignored(typeId === "subscription" ? "it is the test of a subscription" : "it is not about a customer");
    }
    if (resource !== undefined && !isId(id)) return unusable("its customer has no id");
    switch (notificationType) {
        case "Message":
            return readMessage(payload, id, arrival);
        case "ResourceCreated":
        case "ResourceUpdated":
        case "ResourceDeleted":
            return isId(id) ? readChange(payload, id, arrival) : unusable("it names no customer");
        default:
            return unusable("it is no notification of commercetools");
    }
}

function readMessage(payload: JsonObject, id: unknown, arrival: Arrival): Reading {
    const { payloadNotIncluded: missing, customer, sequenceNumber, resourceVersion } = payload;
    const type = isJsonObject(missing) ? missing["payloadType"] : payload["type"];
    const projectKey = projectKeyIn(payload);
    const extracted = extractCustomerFromPayload(payload);
    const customerId = isId(id) ? id : isJsonObject(customer) && isId(customer["id"]) ? customer["id"] : undefined;
    const subject = subjectOf(projectKey, customerId, extracted);
    if (subject === undefined) return unusable("it names no customer");
    if (type === "CustomerDeleted") return { is: "deletion", subject, dataErasure: false };
    const order = isCount(sequenceNumber) ? sequenceNumber : undefined;
    return {
        is: "change",
        change: {
            subject,
            ...(projectKey !== "" && customerId !== undefined && { source: { projectKey, customerId } }),
            messageId: isId(payload["id"]) ? messageIdOf(projectKey, payload["id"]) : messageIdOf(arrival.id),
            happenedAt: timeIn(payload["lastModifiedAt"], payload["createdAt"], arrival.publishedAt),
            order: order ?? Date.parse(arrival.publishedAt),
            scale: order === undefined ? "published" : "sequence",
            ...(isCount(resourceVersion) && { version: resourceVersion }),
            content: extracted ? { customer: extracted } : dismissalOf(type, missing),
        },
    };
}

/** A notification that something changed, but not what. */
function readChange(payload: JsonObject, customerId: string, arrival: Arrival): Reading {
    const { notificationType, version, dataErasure, modifiedAt } = payload;
    const projectKey = projectKeyIn(payload);
    const subject: Subject = { key: `${projectKey}/${customerId}`, person: { userId: customerId } };
    if (notificationType === "ResourceDeleted") {
        return { is: "deletion", subject, dataErasure: dataErasure === true };
    }
    return {
        is: "change",
        change: {
            subject,
            ...(projectKey !== "" && { source: { projectKey, customerId } }),
            messageId: messageIdOf(arrival.id),
            happenedAt: timeIn(modifiedAt, arrival.publishedAt),
            order: Date.parse(arrival.publishedAt),
            scale: "published",
            ...(isCount(version) && { version }),
            content: unusable(
                "it says that something changed but not what: that takes access to the API of commercetools",
            ),
        },
    };
}

function subjectOf(
    projectKey: string,
    customerId: string | undefined,
    customer: CommercetoolsCustomer | null,
): Subject | undefined {
    if (customerId !== undefined) return { key: `${projectKey}/${customerId}`, person: { userId: customerId } };
    if (!customer?.email) return undefined;
    const person = personOf(customer.email);
    return { key: Object.values(person).join(), person };
}

function dismissalOf(type: unknown, missing: unknown): Dismissal {
    if (isJsonObject(missing))
        return unusable("it was too large for its values: that takes access to the API of commercetools");
    if (type === "CustomerCreated" || type === "CustomerUpdated") return unusable("it says nothing of its customer");
    return ignored("it says nothing that Segment is told");
}

/** Segment knows an event by its id in all workspaces, hence the project's key. */
function messageIdOf(...parts: readonly string[]): string {
    const id = ["ct", ...parts.filter((part) => part !== "")].join("-");
    return id.length < 100 ? id : `ct-${uuidOf(id)}`;
}

/** The id of a customer's state as of a version, whichever notification led there. */
export const stateIdOf = (projectKey: string, customerId: string, version: number): string =>
    messageIdOf(projectKey, customerId, String(version));

function projectKeyIn({ projectKey }: JsonObject): string {
    return isId(projectKey) ? projectKey : "";
}

const isId = (value: unknown): value is string => typeof value === "string" && /^[\w-]{1,64}$/.test(value);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value);

function timeIn(...candidates: readonly unknown[]): string {
    const time = candidates.find((value) => typeof value === "string" && !Number.isNaN(Date.parse(value)));
    return typeof time === "string" ? time : new Date().toISOString();
}
