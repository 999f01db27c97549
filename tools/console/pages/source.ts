import { signal } from "@preact/signals";
import { get } from "embedded-aws/console/kit";

/** What the pages show: the shop on this machine, or an environment on AWS. */
interface Source {
    readonly title: string;
    readonly isEmbedded: boolean;
    /** Whether what changes something is done. */
    readonly isAllowed: boolean;
}

const loaded = signal<Source | undefined>(undefined);

export async function loadSource(): Promise<void> {
    loaded.value = await get<Source>("program/source");
}

/** Only on this machine the API can be called from here. */
export const isEmbedded = (): boolean => loaded.value?.isEmbedded === true;

/** An environment on AWS; not so until it is known. */
export const isDeployed = (): boolean => loaded.value?.isEmbedded === false;

export const isAllowed = (): boolean => loaded.value?.isAllowed === true;

/** What AWS cannot answer, or only so, by page. */
const notes: Readonly<Record<string, string>> = {
    live: "live, some seconds late",
    trace: "From the logs in CloudWatch, some seconds late: of the last quarter of an hour, of failures the last hour. AWS does not tell of single calls: the functions send no segments of them to X-Ray.",
    mail: "SES keeps no copy of what it sent, so there is no mail to show. Whether one was sent stands in the log of the function: see the trace of the order.",
    "data/queues":
        "SQS shows a message only to who receives it, which hides it from its consumer: messages are counted here, and those that failed for good are explained under Failures.",
    "data/objects":
        "Of the first 200 documents of orders, as S3 lists them, which is by key. That of an order is shown with the order.",
    "data/schedules": "What is still to be done is known to EventBridge Scheduler and Lambda alone.",
    rights: "AWS does not tell which of its rights a role has used. The embedded cloud does.",
};

export const noteOf = (page: string): string | undefined => (isDeployed() ? notes[page] : undefined);
