import type { IncomingMessage, ServerResponse } from "node:http";
import type { AwsCall } from "../aws/call.ts";
import type { Doubles } from "../doubles/doubles.ts";
import type { Faults } from "../faults/faults.ts";
import type { Graph, Resource } from "../graph/graph.ts";
import type { Access } from "../identity/access.ts";
import type { LambdaHost } from "../lambda/host.ts";
import type { Mail, Outbox } from "../mail/outbox.ts";
import type { Storage } from "../storage/storage.ts";
import type { TaskQueue } from "../taskQueue.ts";
import type { Recorded, TraceStore } from "../trace.ts";
import { dataActions, dataViews } from "./data.ts";
import { deadLetterActions } from "./deadLetters.ts";
import { ResourceNames, shownEntry } from "./entries.ts";
import { shownGraph } from "./graph.ts";
import { objectsView } from "./objects.ts";
import { localDocument } from "./openApi.ts";
import { queueViews } from "./queues.ts";
import { EntryStream } from "./stream.ts";
import { Download, type Handlers, Inspector, ViewRequestError, type Views, wholeNumber } from "./views.ts";

interface Inspected {
    /** The program as it runs. */
    graph(): Graph;
    readonly region: string;
    readonly access: Access;
    readonly call: AwsCall;
    readonly taskQueue: TaskQueue;
    readonly storage: Storage;
    readonly outbox: Outbox;
    readonly host: LambdaHost;
    readonly doubles: Doubles;
    readonly triggers: readonly { state(): unknown }[];
    readonly trace: TraceStore;
    readonly faults: Faults | undefined;
    /** The console, and what the program adds to it. */
    readonly pages: Handlers;
}

/** All that is below `/_local`. `close` ends the streams, which would go on for ever. */
export function localSite(inspected: Inspected): { readonly site: Inspector; close(): void } {
    const { graph, storage, outbox, host, doubles, trace, faults, access, taskQueue, pages } = inspected;
    let names: { readonly of: Graph; readonly names: ResourceNames } | undefined;
    const namesNow = (): ResourceNames => {
        if (names?.of !== graph()) names = { of: graph(), names: new ResourceNames(graph()) };
        return names.names;
    };
    const stream = new EntryStream(trace, namesNow);
    const views: Views = {
        resources: () => ({
            resources: graph().resources.map(({ type, name, id, urn }) => ({ type, name, id, urn })),
            functions: host.functions(),
            triggers: inspected.triggers.map((trigger) => trigger.state()),
            pending: taskQueue.pending(),
        }),
        resource: (parameters) => resourceView(graph(), parameters.get("urn")),
        graph: () => shownGraph(graph(), access.report(), inspected.region),
        queues: (parameters) => queueViews(graph(), storage.queues.origin, trace, parameters.get("name")),
        objects: (parameters) => objectsView(graph(), storage.queues.origin, parameters),
        mail: (parameters) => mailView(outbox, parameters),
        trace: (parameters) => {
            const ids = parameters.getAll("correlationId").filter((id) => id !== "");
            if (ids.length === 0) throw new ViewRequestError("say which: ?correlationId=<id>");
            return trace.of(...ids).map((entry) => shownEntry(entry, namesNow()));
        },
        entries: (parameters) => entriesView(trace, namesNow, parameters),
        dropped: () => trace.dropped().map((entry) => shownEntry(entry, namesNow())),
        permissions: () => access.report(),
        faults: () => faults?.counts() ?? {},
        doubles: (parameters) => doubles.received(parameters.get("name") ?? undefined),
        "openapi.json": () => localDocument,
        ...dataViews(inspected),
    };
    const handlers: Handlers = {
        ...pages,
        stream: (message: IncomingMessage, response: ServerResponse) => stream.serve(message, response),
    };
    const actions = { ...dataActions(inspected), ...deadLetterActions(inspected) };
    return { site: new Inspector(views, actions, handlers), close: () => stream.close() };
}

/** A page of the trace, the newest first; `next` leads to the older ones. */
function entriesView(trace: TraceStore, names: () => ResourceNames, parameters: URLSearchParams) {
    const limit = wholeNumber(parameters.get("limit") ?? "100", "limit");
    const before = parameters.get("before");
    const [what, where, about] = ["what", "where", "about"].map((name) => parameters.get(name) ?? "");
    const passes = ({ what: kind, where: place, text, payload = "" }: Recorded) =>
        (what === "" || what?.split(",").includes(kind) === true) &&
        (where === "" || place === where) &&
        (!about || text.includes(about) || payload.includes(about));
    const found = trace.newest(limit, passes, before === null ? undefined : wholeNumber(before, "before"));
    const last = found.at(-1);
    return {
        entries: found.map((entry) => shownEntry(entry, names())),
        next: found.length < limit || last === undefined ? null : last.sequence,
    };
}

/** Mails, the newest first; of one with `id` also its HTML or source alone, to be shown in a frame that runs nothing. */
function mailView(outbox: Outbox, parameters: URLSearchParams): readonly Mail[] | Mail | Download {
    const id = parameters.get("id");
    if (id === null) {
        const number = (name: string, otherwise: string) => wholeNumber(parameters.get(name) ?? otherwise, name);
        const isPage = parameters.has("limit") || parameters.has("offset");
        // One more tells that there is another page.
        const most = number("offset", "0") + number("limit", "100") + (isPage ? 1 : 0);
        return outbox.outbox(most, parameters.get("about") ?? "");
    }
    const mail = outbox.outbox(10_000).find((each) => each.id === id);
    if (mail === undefined) throw new ViewRequestError(`there is no mail ${id}`);
    switch (parameters.get("part")) {
        case "html":
            return new Download("text/html; charset=utf-8", mail.html ?? "");
        case "source":
            return new Download("text/plain; charset=utf-8", mail.raw ?? mail.text ?? mail.html ?? "");
        default:
            return mail;
    }
}

/** A resource with its properties; those that are secret, and the program's own secrets, are not shown. */
export function resourceView({ resources }: Graph, urn: string | null): Resource {
    const resource = resources.find((each) => each.urn === urn);
    if (resource === undefined) throw new ViewRequestError(`the program has no resource ${urn}`);
    const open = (values: Resource["inputs"]) =>
        Object.fromEntries(
            Object.entries(values).map(([name, value]) => [name, resource.secretInputs.includes(name) ? "***" : value]),
        );
    return { ...resource, inputs: open(resource.inputs), outputs: open(resource.outputs) };
}
