import { createHash } from "node:crypto";
import { accountOf, compilePolicy, evaluate, type Grant, type Policy, sessionArn } from "./policy.ts";
import type { AccessRequest, Credentials, Decision, PolicyDocument, Principal } from "./principal.ts";
import type { Context } from "./wildcard.ts";

/** A call that a role was refused, and the count. */
interface Refusal extends Grant {
    readonly count: number;
}

/** The used rights and refused calls of one role. */
interface RoleUsage {
    readonly roleArn: string;
    readonly used: readonly Grant[];
    readonly denied: readonly Refusal[];
}

/** What `npm run local:permissions` prints of a role: every allowed action on every allowed resource, used or not. */
export interface RoleReport extends RoleUsage {
    readonly allowed: readonly Grant[];
    readonly unused: readonly Grant[];
}

interface Holder {
    readonly principal: Principal;
    readonly secretAccessKey: string;
}

/** Usage while the cloud runs; the keys are those of `keyOf`. */
interface Usage {
    readonly used: Map<string, Grant>;
    readonly denied: Map<string, Grant & { count: number }>;
}

const allowed: Decision = { allowed: true };

/** Another account, whose administrator's access key is `owner`, and so is its secret. */
export const secondAccount = "111111111111";

/** Access control of the cloud: roles and their credentials, policies of resources, and which rights were used. */
export class Access {
    readonly #account: string;
    readonly #holders = new Map<string, Holder>();
    readonly #roles = new Map<string, readonly Policy[]>();
    readonly #resources = new Map<string, readonly Policy[]>();
    readonly #usage = new Map<string, Usage>();

    /** The administrator's access key is `local`, and so is its secret. */
    constructor({ account }: { readonly account: string }) {
        this.#account = account;
        this.#holders.set("local", { principal: { kind: "administrator" }, secretAccessKey: "local" });
        const owner = { kind: "administrator", account: secondAccount } as const;
        this.#holders.set("owner", { principal: owner, secretAccessKey: "owner" });
    }

    /** Defines a role with its identity policies, or defines it anew. */
    defineRole({ arn, policies }: { readonly arn: string; readonly policies: readonly PolicyDocument[] }): void {
        this.#roles.set(
            arn,
            policies.map((document) => compilePolicy(document)),
        );
    }

    /** Replaces the policy of a resource. */
    replaceResourcePolicy(resourceArn: string, document: PolicyDocument): void {
        this.#resources.set(resourceArn, [compilePolicy(document, resourceArn)]);
    }

    /** Adds to the policies of a resource: a queue, topic, bucket, secret, bus or function. */
    defineResourcePolicy(resourceArn: string, document: PolicyDocument): void {
        const policies = this.#resources.get(resourceArn) ?? [];
        this.#resources.set(resourceArn, [...policies, compilePolicy(document, resourceArn)]);
    }

    /** The credentials of a role's session: the same ones in every run of the cloud. */
    credentialsOf(roleArn: string, session: string): Credentials {
        const derive = (purpose: string): Buffer =>
            createHash("sha256").update([purpose, roleArn, session].join("\n")).digest();
        // As long as a key id, a secret and a token are on AWS, and in their alphabets.
        const accessKeyId = `LOCAL${derive("access key").toString("hex").slice(0, 15).toUpperCase()}`;
        const secretAccessKey = derive("secret").toString("base64").slice(0, 40);
        this.#holders.set(accessKeyId, { principal: { kind: "role", roleArn, session }, secretAccessKey });
        return { accessKeyId, secretAccessKey, sessionToken: derive("token").toString("base64url") };
    }

    /** Whose access key it is; undefined for one that the cloud has not given out. */
    principalOf(accessKeyId: string): Principal | undefined {
        return this.#holders.get(accessKeyId)?.principal;
    }

    /** The secret that signatures made with the access key are verified with. */
    secretOf(accessKeyId: string): string | undefined {
        return this.#holders.get(accessKeyId)?.secretAccessKey;
    }

    /** Decides, and remembers what was used and what was refused. The administrator may do everything. */
    decide(request: AccessRequest): Decision {
        const { principal, action, resource } = request;
        if (principal.kind === "administrator") {
            if (principal.account === undefined || accountOf(resource) === principal.account) return allowed;
            return { allowed: false, reason: `${refusal(request)} because it is of another account` };
        }
        // Another account's resource takes both sides' consent, and so does every role.
        const isRole = principal.kind === "role";
        const isForeign = isRole && accountOf(principal.roleArn) !== accountOf(resource);
        const takesBoth =
            (isRole && action === "sts:AssumeRole") || (isForeign && /^\d{12}$/.test(accountOf(resource)));
        const policies = {
            identity: principal.kind === "role" ? (this.#roles.get(principal.roleArn) ?? []) : [],
            resource: this.#policiesOf(resource),
        };
        const verdict = evaluate(policies, request, contextOf(request, this.#account), takesBoth);
        switch (verdict.effect) {
            case "allow":
                if (principal.kind === "role" && verdict.grants.length > 0) {
                    const { used } = this.#usageOf(principal.roleArn);
                    for (const grant of verdict.grants) used.set(keyOf(grant), grant);
                }
                return allowed;
            case "explicit deny":
                this.#refuse(request);
                return {
                    allowed: false,
                    reason: `${refusal(request)} with an explicit deny in ${policyNames[verdict.by].one}`,
                };
            case "implicit deny": {
                this.#refuse(request);
                const { kind } = policyNames[principal.kind === "role" ? "identity" : "resource"];
                return {
                    allowed: false,
                    reason: `${refusal(request)} because no ${kind} policy allows the ${action} action`,
                };
            }
        }
    }

    /** Each role with what it is allowed, used and was refused, in the order of the ARNs. */
    report(): RoleReport[] {
        return [...this.#roles].sort(byFirst).map(([roleArn, policies]) => {
            const usage = this.#usageOf(roleArn);
            const grants = policies.flatMap((policy) => policy.allow.flatMap((statement) => statement.grants));
            // The same grant in two statements is one grant.
            const distinct = [...new Map(grants.map((grant) => [keyOf(grant), grant]))];
            const texts = (entries: [string, Grant][]): Grant[] => entries.map(([, grant]) => textOf(grant));
            return {
                roleArn,
                allowed: texts(distinct),
                used: texts(distinct.filter(([key]) => usage.used.has(key))),
                unused: texts(distinct.filter(([key]) => !usage.used.has(key))),
                denied: [...usage.denied.values()].map((refused) => ({ ...refused })),
            };
        });
    }

    /** What the roles used and were refused so far, as JSON that `restoreUsage` takes up in the next run. */
    usage(): RoleUsage[] {
        return [...this.#usage].sort(byFirst).map(([roleArn, { used, denied }]) => ({
            roleArn,
            used: [...used.values()].map(textOf),
            denied: [...denied.values()].map((refused) => ({ ...refused })),
        }));
    }

    /** Takes up what an earlier run's `usage()` gave. Throws TypeError for anything else. */
    restoreUsage(saved: unknown): void {
        if (!Array.isArray(saved) || !saved.every(isRoleUsage))
            throw new TypeError("this is not the usage of an Access");
        for (const { roleArn, used, denied } of saved) {
            const usage = this.#usageOf(roleArn);
            for (const grant of used) usage.used.set(keyOf(grant), grant);
            for (const refused of denied) usage.denied.set(keyOf(refused), { ...refused });
        }
    }

    /** The policies of a bucket are those of the objects in it as well. */
    #policiesOf(resource: string): readonly Policy[] {
        const policies = this.#resources.get(resource);
        if (policies !== undefined || !resource.startsWith("arn:aws:s3:::")) return policies ?? [];
        return this.#resources.get(resource.split("/", 1).join("")) ?? [];
    }

    #usageOf(roleArn: string): Usage {
        const known = this.#usage.get(roleArn);
        if (known !== undefined) return known;
        const usage: Usage = { used: new Map(), denied: new Map() };
        this.#usage.set(roleArn, usage);
        return usage;
    }

    #refuse({ principal, action, resource }: AccessRequest): void {
        if (principal.kind !== "role") return;
        const { denied } = this.#usageOf(principal.roleArn);
        const key = keyOf({ action, resource });
        const refused = denied.get(key);
        if (refused === undefined) denied.set(key, { action, resource, count: 1 });
        else refused.count += 1;
    }
}

/**
 * The condition keys that every request has. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * Those that follow from the principal cannot be given in `request.context`. The transport counts as secure: loopback
 * stands in for the TLS endpoints of AWS, and nothing of it leaves the machine.
 */
function contextOf(request: AccessRequest, account: string): Context {
    const { principal, resource, context = {} } = request;
    return (key) => {
        switch (key) {
            case "aws:principalarn":
                return principal.kind === "role" ? [principal.roleArn] : undefined;
            case "aws:principalaccount":
                return principal.kind === "role" ? [accountOf(principal.roleArn)] : undefined;
            case "aws:principaltype":
                return principal.kind === "role" ? ["AssumedRole"] : undefined;
            case "aws:principalisawsservice":
                return [String(principal.kind === "service")];
            case "aws:principalservicename":
                return principal.kind === "service" ? [principal.service] : undefined;
            case "aws:sourcearn":
                return principal.kind === "service" && principal.sourceArn ? [principal.sourceArn] : undefined;
            case "aws:sourceaccount":
                if (principal.kind !== "service" || !principal.sourceArn) return undefined;
                // The ARN of a bucket has no account.
                return [accountOf(principal.sourceArn) || account];
            case "aws:resourceaccount":
                return [accountOf(resource) || account];
            case "aws:securetransport":
                return ["true"];
            case "aws:currenttime":
                return [new Date().toISOString()];
            case "aws:epochtime":
                return [String(Math.floor(Date.now() / 1000))];
        }
        const name = Object.keys(context).find((candidate) => candidate.toLowerCase() === key);
        const values = name === undefined ? undefined : context[name];
        return typeof values === "string" ? [values] : values;
    };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
function refusal({ principal, action, resource }: AccessRequest): string {
    const object = resource === "*" ? "" : ` on resource: ${resource}`;
    return `User: ${nameOf(principal)} is not authorized to perform: ${action}${object}`;
}

const policyNames = {
    identity: { kind: "identity-based", one: "an identity-based policy" },
    resource: { kind: "resource-based", one: "a resource-based policy" },
} as const;

function nameOf(principal: Principal): string {
    switch (principal.kind) {
        case "administrator":
            return "the administrator";
        case "service":
            return principal.service;
        case "role":
            return sessionArn(principal);
    }
}

function keyOf({ action, resource }: Grant): string {
    return `${action} ${resource}`;
}

function textOf({ action, resource }: Grant): Grant {
    return { action, resource };
}

function byFirst([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
    return left < right ? -1 : 1;
}

function isRoleUsage(value: unknown): value is RoleUsage {
    return (
        isRecord(value) &&
        typeof value["roleArn"] === "string" &&
        Array.isArray(value["used"]) &&
        value["used"].every(isGrant) &&
        Array.isArray(value["denied"]) &&
        value["denied"].every((refused) => isGrant(refused) && "count" in refused && typeof refused.count === "number")
    );
}

function isGrant(value: unknown): value is Grant {
    return isRecord(value) && typeof value["action"] === "string" && typeof value["resource"] === "string";
}

function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null;
}
