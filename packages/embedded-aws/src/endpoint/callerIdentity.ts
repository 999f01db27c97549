import type { Input } from "../aws/input.ts";
import { noOperation } from "../aws/refusals.ts";
import { type AwsService, account } from "../aws/service.ts";
import { callerName, type Principal } from "../identity/principal.ts";

/** STS: GetCallerIdentity. */
export class CallerIdentity implements AwsService {
    async run(action: string, _input: Input, caller: Principal): Promise<Record<string, unknown>> {
        if (action !== "GetCallerIdentity") {
            throw noOperation("sts", action);
        }
        return { UserId: callerName(caller), Account: account, Arn: callerArn(caller) };
    }
}

function callerArn(caller: Principal): string {
    switch (caller.kind) {
        case "administrator":
            return `arn:aws:iam::${account}:root`;
        case "role":
            return `arn:aws:sts::${account}:assumed-role/${roleName(caller.roleArn)}/${caller.session}`;
        case "service":
            return caller.sourceArn ?? caller.service;
    }
}

function roleName(roleArn: string): string {
    return roleArn.slice(roleArn.lastIndexOf("/") + 1);
}
