import { PublishCommand } from "@aws-sdk/client-sns";
import type { ConsoleExtension } from "embedded-aws/console";
import { ViewRequestError } from "embedded-aws/console";
import { UsageError } from "../operator/command.ts";
import { resend } from "../operator/endpoints.ts";
import { refund } from "../operator/refund.ts";
import { Stack } from "../operator/stack.ts";
import { changeDeadLetters, DeadLetterReading } from "./deadLetters.ts";
import { checkoutDocument, eventTypes } from "./documents.ts";
import { shownEndpoint, shownEndpoints } from "./endpoints.ts";
import { buildAnew, shownFeeds } from "./feeds.ts";
import { Inbox } from "./inbox.ts";
import { askedIn, ShopLists } from "./lists.ts";
import { costOf, settingsOf } from "./plan.ts";
import { ShopRecords } from "./records.ts";
import { ShopTables } from "./tables.ts";

interface ShopSettings {
    readonly stack: Stack;
    /** Of the API on this machine; on AWS there is none to call. */
    readonly api?: string;
    /** Folder with what settings are on this machine alone. */
    readonly fixtures?: string;
    /** Whether what changes something is done. */
    readonly isAllowed: boolean;
}

type Input = Readonly<Record<string, unknown>>;

/** What the commerce pages ask for, on this machine and on AWS alike. */
export function shopViews({
    stack,
    api,
    fixtures,
    isAllowed,
}: ShopSettings): Pick<ConsoleExtension, "views" | "actions" | "handlers"> {
    const tables = new ShopTables(stack);
    const [lists, records] = [new ShopLists(tables), new ShopRecords(tables)];
    const letters = new DeadLetterReading(stack);
    const inbox = api === undefined ? undefined : new Inbox(api);
    /** What changes something, where it is allowed. */
    const allowed = (act: (input: Input) => unknown, isDry: (input: Input) => boolean = () => false) => {
        return async (input: Input) => {
            if (!isAllowed && !isDry(input))
                throw new ViewRequestError("the console only reads here: start it with --allow to change something");
            try {
                return await act(input);
            } catch (error) {
                if (error instanceof UsageError) throw new ViewRequestError(error.message, { cause: error });
                throw error;
            }
        };
    };
    const change = (kind: "redrive" | "discard") =>
        allowed(
            (input) =>
                changeDeadLetters(stack, kind, {
                    queue: needed(input, "queue"),
                    messageId: typeof input["messageId"] === "string" ? input["messageId"] : undefined,
                    isDry: input["dryRun"] === true,
                }),
            (input) => input["dryRun"] === true,
        );
    return {
        views: {
            source: () => ({ title: stack.title, isEmbedded: api !== undefined, isAllowed }),
            orders: (parameters) => lists.orders(askedIn(parameters)),
            sessions: (parameters) => lists.sessions(askedIn(parameters)),
            customers: (parameters) => lists.customers(askedIn(parameters)),
            named: (parameters) => records.named(parameters.get("id") ?? ""),
            thing: (parameters) => {
                const id = parameters.get("id");
                if (id === null) throw new ViewRequestError("say which: ?id=<order or session>");
                return records.thing(id);
            },
            "dead-letters": () => letters.read(),
            endpoints: () => shownEndpoints(stack),
            endpoint: (parameters) => shownEndpoint(stack, parameters.get("id") ?? ""),
            feeds: () => shownFeeds(tables),
            "checkout-api": () => checkoutDocument(),
            "event-types": () => eventTypes(),
            cost: (parameters) => costOf(parameters.get("stack") ?? stack.environment),
            settings: () => settingsOf(stack.environment, fixtures),
            received: () => inbox?.received() ?? [],
        },
        actions: {
            redrive: change("redrive"),
            discard: change("discard"),
            resend: allowed((input) => resend(stack, needed(input, "endpointId"), needed(input, "deliveryId"))),
            refund: allowed((input) =>
                refund(stack, needed(input, "orderId"), "Refunded in the console", needed(input, "key")),
            ),
            "build-feed": allowed((input) => buildAnew(stack, needed(input, "feed"))),
            "change-customer": async () => {
                if (api === undefined) throw new ViewRequestError("on AWS commercetools changes customers");
                return await changeCustomer(stack);
            },
            "open-inbox": async () => ({ id: (await inbox?.open()) ?? null }),
        },
        handlers: inbox === undefined ? {} : { inbox: (request, response) => inbox.receive(request, response) },
    };
}

function needed(input: Input, name: string): string {
    const value = input[name];
    if (typeof value === "string" && value !== "") return value;
    throw new ViewRequestError(`${name} is missing`);
}

/** As commercetools notifies of a change: account and topic are those of the embedded cloud. */
async function changeCustomer(stack: Stack): Promise<{ readonly messageId: string }> {
    const address = { streetName: "Any Street", city: "Any City", country: "US" };
    const customer = { email: "johndoe@example.com", firstName: "John", lastName: "Doe", addresses: [address] };
    const { MessageId = "" } = await stack.sns.send(
        new PublishCommand({
            TopicArn: `arn:aws:sns:${stack.region}:000000000000:${stack.named("commercetools-webhook")}`,
            Message: JSON.stringify({ notificationType: "Message", type: "CustomerUpdated", customer }),
        }),
    );
    return { messageId: MessageId };
}

/** The environment that the cloud on this machine runs. */
export const embeddedStack = (awsUrl: string, environment: string): Stack =>
    new Stack({ env: environment, endpoint: awsUrl });
