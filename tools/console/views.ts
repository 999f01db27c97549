import { PublishCommand } from "@aws-sdk/client-sns";
import type { ConsoleExtension } from "embedded-aws/console";
import { ViewRequestError } from "embedded-aws/console";
import { Stack } from "../operator/stack.ts";
import { changeDeadLetters, deadLettersIn } from "./deadLetters.ts";
import { checkoutDocument, eventTypes } from "./documents.ts";
import { Inbox } from "./inbox.ts";
import { costOf, settingsOf } from "./plan.ts";
import { ShopRecords } from "./records.ts";

interface ShopSettings {
    readonly stack: Stack;
    /** Of the API on this machine; on AWS there is none to call. */
    readonly api?: string;
    /** Whether what changes something is done. */
    readonly isAllowed: boolean;
}

type Input = Readonly<Record<string, unknown>>;

/** What the commerce pages ask for, on this machine and on AWS alike. */
export function shopViews({
    stack,
    api,
    isAllowed,
}: ShopSettings): Pick<ConsoleExtension, "views" | "actions" | "handlers"> {
    const records = new ShopRecords(stack);
    const inbox = api === undefined ? undefined : new Inbox(api);
    const change = (kind: "redrive" | "discard") => (input: Input) => {
        if (!isAllowed)
            throw new ViewRequestError("the console only reads here: start it with --allow to change something");
        const { queue, messageId } = input;
        if (typeof queue !== "string") throw new ViewRequestError("queue is missing");
        const one = typeof messageId === "string" ? messageId : undefined;
        return changeDeadLetters(stack, kind, { queue, messageId: one, isDry: input["dryRun"] === true });
    };
    return {
        views: {
            source: () => ({ title: stack.title, isEmbedded: api !== undefined, isAllowed }),
            orders: (parameters) => records.orders(parameters.get("search") ?? ""),
            sessions: (parameters) => records.sessions(parameters.get("search") ?? ""),
            customers: () => records.customers(),
            thing: (parameters) => {
                const id = parameters.get("id");
                if (id === null) throw new ViewRequestError("say which: ?id=<order or session>");
                return records.thing(id);
            },
            "dead-letters": () => deadLettersIn(stack),
            "checkout-api": () => checkoutDocument(),
            "event-types": () => eventTypes(),
            cost: (parameters) =>
                costOf(parameters.get("stack") ?? stack.environment, parameters.get("orders") ?? "1000"),
            settings: () => settingsOf(stack.environment),
            received: () => inbox?.received() ?? [],
        },
        actions: {
            redrive: change("redrive"),
            discard: change("discard"),
            "change-customer": async () => {
                if (api === undefined) throw new ViewRequestError("on AWS commercetools changes customers");
                return await changeCustomer(stack);
            },
            "open-inbox": async () => ({ id: (await inbox?.open()) ?? null }),
        },
        handlers: inbox === undefined ? {} : { inbox: (request, response) => inbox.receive(request, response) },
    };
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
