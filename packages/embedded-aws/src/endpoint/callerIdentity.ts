import { AwsError } from "../aws/call.ts";
import { type Input, textOf } from "../aws/input.ts";
import { noOperation } from "../aws/refusals.ts";
import type { AwsService } from "../aws/service.ts";
import type { Access } from "../identity/access.ts";
import { callerName, type Principal } from "../identity/principal.ts";
import { accountNumberOf } from "./secondAccount.ts";

/** STS: GetCallerIdentity and AssumeRole. */
export class CallerIdentity implements AwsService {
    readonly #access: Pick<Access, "credentialsOf">;

    constructor(access: Pick<Access, "credentialsOf">) {
        this.#access = access;
    }

    async run(action: string, input: Input, caller: Principal): Promise<Record<string, unknown>> {
        switch (action) {
            case "GetCallerIdentity":
                return { UserId: callerName(caller), Account: accountNumberOf(caller), Arn: callerArn(caller) };
            case "AssumeRole":
                return this.#session(input);
            default:
                throw noOperation("sts", action);
        }
    }

    /** Whether the caller may is decided before, by its own policies and the role's trust policy. */
    #session(input: Input): Record<string, unknown> {
        const [roleArn = "", session = ""] = [textOf(input, "RoleArn"), textOf(input, "RoleSessionName")];
        const seconds = Number(textOf(input, "DurationSeconds") ?? 3600);
        if (!/^[\w+=,.@-]{2,64}$/.test(session) || !(seconds >= 900 && seconds <= 43_200))
            throw new AwsError("ValidationError", "1 validation error detected", 400);
        const { accessKeyId, secretAccessKey, sessionToken } = this.#access.credentialsOf(roleArn, session);
        const Arn = callerArn({ kind: "role", roleArn, session });
        return {
            Credentials: {
                AccessKeyId: accessKeyId,
                SecretAccessKey: secretAccessKey,
                SessionToken: sessionToken,
                Expiration: new Date(Date.now() + seconds * 1000).toISOString(),
            },
            AssumedRoleUser: { AssumedRoleId: `${accessKeyId}:${session}`, Arn },
        };
    }
}

function callerArn(caller: Principal): string {
    switch (caller.kind) {
        case "administrator":
            return `arn:aws:iam::${accountNumberOf(caller)}:root`;
        case "role":
            return `arn:aws:sts::${accountNumberOf(caller)}:assumed-role/${roleName(caller.roleArn)}/${caller.session}`;
        case "service":
            return caller.sourceArn ?? caller.service;
    }
}

function roleName(roleArn: string): string {
    return roleArn.slice(roleArn.lastIndexOf("/") + 1);
}
