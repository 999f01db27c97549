import { jsonIn } from "../../shared/http.ts";
import { uuidOf } from "../../shared/ids.ts";
import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import {
    type CommercetoolsCustomer,
    extractCustomerFromPayload,
    type Field,
    fields,
    fieldsChangedBy,
    isKnown,
} from "./customer.ts";
import { messageTypeOf, platformPayloadIn } from "./envelope.ts";
import { type Anonymous, type Person, personOf } from "./segment.ts";

/** A message of the topic. */
export interface Arrival {
    /** SNS's message id, the same in every copy. */
    readonly id: string;
    /** ISO 8601 */
    readonly publishedAt: string;
    readonly text: string;
}

/** The customer of a notification. */
export interface Subject<Who extends Person = Person> {
    /** Key in the table of locks. */
    readonly key: string;
    readonly person: Who;
}

type SubjectByEmail = Subject<Anonymous>;

type Reading =
    | { readonly is: "change"; readonly change: Change }
    | { readonly is: "deletion"; readonly deletion: Deletion }
    | Dismissal;

export interface Deletion {
    readonly subject: Subject;
    readonly source: CustomerKey;
    /** Whether commercetools erased the customer's personal data, too. */
    readonly dataErasure: boolean;
    /** The person that the e-mail address stands for, if the notification has one. */
    readonly byEmail?: SubjectByEmail;
    /** ISO 8601 */
    readonly happenedAt: string;
    readonly arrival: Arrival;
}

/** Key of the customer in the API. */
interface CustomerKey {
    readonly projectKey: string;
    readonly customerId: string;
}

/** Not sent to Segment: irrelevant (`ignored`) or `unusable`. */
type Dismissal = { readonly is: "ignored"; readonly why: string } | { readonly is: "unusable"; readonly why: string };

export interface Change {
    readonly subject: Subject;
    /** Absent if the payload does not contain it. */
    readonly source?: CustomerKey;
    readonly messageId: string;
    /** ISO 8601 */
    readonly happenedAt: string;
    /** Grows with each change; comparable within the scale: a sequence number, else the time of the change. */
    readonly order: number;
    readonly scale: "sequence" | "published";
    /** The customer's version after the change. */
    readonly version?: number;
    readonly content: Content | Dismissal;
}

/** What the notification says itself. */
interface Content {
    readonly customer: CommercetoolsCustomer;
    /** The fields that it changes. */
    readonly changes: readonly Field[];
    /** Fields that may have changed, whose values it does not contain. */
    readonly lacks: readonly Field[];
}

const ignored = (why: string): Dismissal => ({ is: "ignored", why });
const unusable = (why: string): Dismissal => ({ is: "unusable", why });

/**
 * Parses a message of the topic: a message, change notification or test notification of commercetools (Platform format
 * or CloudEvent), or the payload of the source system, which contains neither project nor customer id. Reasons contain
 * no values of the message.
 */
export function readNotification(arrival: Arrival): Reading {
    const payload = platformPayloadIn(jsonIn(Buffer.from(arrival.text)));
    if (payload === undefined) return unusable("it is not a JSON object");
    const { resource, notificationType } = payload;
    const { typeId, id } = isJsonObject(resource) ? resource : {};
    // Customer tokens and customer groups are other resources.
    if (resource !== undefined && typeId !== "customer") {
        return ignored(
            typeId === "subscription" ? "it is the test notification of a subscription" : "it is not about a customer",
        );
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
            return unusable("it is not a notification of commercetools");
    }
}

function readMessage(payload: JsonObject, id: unknown, arrival: Arrival): Reading {
    const { customer, sequenceNumber, resourceVersion } = payload;
    const { type, isTooLarge } = messageTypeOf(payload);
    const projectKey = projectKeyIn(payload);
    const extracted = extractCustomerFromPayload(payload);
    const customerId = isId(id) ? id : isJsonObject(customer) && isId(customer["id"]) ? customer["id"] : undefined;
    const subject = subjectOf(customerId, extracted);
    if (subject === undefined) return unusable("it names no customer");
    const changedAt = isJsonObject(customer) ? customer["lastModifiedAt"] : undefined;
    const happenedAt = timeIn(payload["lastModifiedAt"], changedAt, payload["createdAt"], arrival.publishedAt);
    if (type === "CustomerDeleted" && customerId !== undefined) {
        const { email } = payload;
        return {
            is: "deletion",
            deletion: {
                subject,
                source: { projectKey, customerId },
                dataErasure: false,
                ...(typeof email === "string" && { byEmail: subjectByEmail(email) }),
                happenedAt,
                arrival,
            },
        };
    }
    const order = isCount(sequenceNumber) ? sequenceNumber : undefined;
    return {
        is: "change",
        change: {
            subject,
            ...(projectKey !== "" && customerId !== undefined && { source: { projectKey, customerId } }),
            messageId: isId(payload["id"]) ? messageIdOf(projectKey, payload["id"]) : messageIdOf(arrival.id),
            happenedAt,
            order: order ?? Date.parse(happenedAt),
            scale: order === undefined ? "published" : "sequence",
            ...(isCount(resourceVersion) && { version: resourceVersion }),
            content: contentOf(type, extracted, isTooLarge),
        },
    };
}

/** A change notification, which does not contain the changed values. */
function readChange(payload: JsonObject, customerId: string, arrival: Arrival): Reading {
    const { notificationType, version, dataErasure, modifiedAt } = payload;
    const projectKey = projectKeyIn(payload);
    const subject = subjectById(customerId);
    const source = { projectKey, customerId };
    const happenedAt = timeIn(modifiedAt, arrival.publishedAt);
    if (notificationType === "ResourceDeleted") {
        return {
            is: "deletion",
            deletion: { subject, source, dataErasure: dataErasure === true, happenedAt, arrival },
        };
    }
    // The time of the first version is all that it contains of the customer.
    const isFirst = notificationType === "ResourceCreated" && version === 1 && typeof modifiedAt === "string";
    return {
        is: "change",
        change: {
            subject,
            ...(projectKey !== "" && { source }),
            messageId: messageIdOf(arrival.id),
            happenedAt,
            order: Date.parse(happenedAt),
            scale: "published",
            ...(isCount(version) && { version }),
            content: isFirst
                ? { customer: { createdAt: modifiedAt }, changes: ["createdAt"], lacks: without("createdAt") }
                : unusable("it does not contain the changed values: access to the API of commercetools is required"),
        },
    };
}

function subjectOf(customerId: string | undefined, customer: CommercetoolsCustomer | null): Subject | undefined {
    if (customerId !== undefined) return subjectById(customerId);
    return customer?.email ? subjectByEmail(customer.email) : undefined;
}

/** Without the project, which some messages lack: Segment's user has the customer's id alone, too. */
const subjectById = (userId: string): Subject => ({ key: userId, person: { userId } });

function subjectByEmail(email: string): SubjectByEmail {
    const person = personOf(email);
    return { key: person.anonymousId, person };
}

/** Those of commercetools' own customers. */
const without = (known: Field) => fields.filter((field) => field !== known && field !== "fullName");

function contentOf(type: unknown, customer: CommercetoolsCustomer | null, isTooLarge: boolean): Content | Dismissal {
    // Of one that is too large, what it lacks may have changed as well.
    const changes = fieldsChangedBy(type, isTooLarge ? null : customer);
    const lacks = changes.filter((field) => !isKnown(customer ?? {}, field));
    if (customer !== null) return { customer, changes, lacks };
    if (changes.length === 0) return ignored("it contains no fields for Segment");
    // Otherwise its value is of a wrong type.
    return isTooLarge || changes.includes("addresses")
        ? { customer: {}, changes, lacks }
        : unusable("it contains no fields of its customer");
}

/** Segment deduplicates ids over all workspaces, hence the project's key. */
function messageIdOf(...parts: readonly string[]): string {
    const id = ["ct", ...parts.filter((part) => part !== "")].join("-");
    return id.length < 100 ? id : `ct-${uuidOf(id)}`;
}

/** The message id of a customer's version, the same for all its notifications. */
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
