import type { Principal } from "../identity/principal.ts";
import type { Input } from "./input.ts";

/** A service of the cloud behind the endpoint. Whether the caller may is already decided when it is asked. */
export interface AwsService {
    /** @throws AwsError; UnknownOperationException for an action that it does not have. */
    run(action: string, input: Input, caller: Principal): Promise<Record<string, unknown>>;
}

/** The account of the embedded cloud. */
export const account = "000000000000";

export function queueName(queueUrl: string): string {
    return queueUrl.slice(queueUrl.lastIndexOf("/") + 1);
}

/** The URL by which clients know a queue. */
export function queueUrl(origin: string, nameOrArn: string): string {
    return `${origin}/${account}/${queueName(nameOrArn.replaceAll(":", "/"))}`;
}

/** In a ChangeMessageVisibilityBatch of this cloud's own: leaves alone what its receiver has hidden for a time of its choice. */
export const unlessHidden = "UnlessHidden";
