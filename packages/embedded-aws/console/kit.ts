/** What pages of a program are made with. */

export { get, post, useLoaded } from "./api.ts";
export { Drawer } from "./drawer.tsx";
export type { ConsoleAction, Extension, Page } from "./extension.ts";
export { type Done, DoneList, failureCount } from "./failures.tsx";
export { ago, bytes, isRecord, lastPart, parsed, pretty, span } from "./format.ts";
export { nodesNow, shortName } from "./graph.ts";
export { afterEntries, now } from "./live.ts";
export { MailView } from "./mail.tsx";
export { ObjectPreview } from "./objects.tsx";
export {
    Action,
    Badge,
    Copy,
    Details,
    Empty,
    Facts,
    Icon,
    Json,
    Note,
    PageHead,
    Problem,
    SearchBox,
    Tabs,
    Time,
    type Tone,
} from "./parts.tsx";
export { go, href, query, setQuery, withQuery } from "./router.ts";
export { TraceOf } from "./trace.tsx";
export type { Depth, HeldQueue, Mail, ShownEntry } from "./types.ts";
