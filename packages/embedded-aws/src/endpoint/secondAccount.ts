import { randomUUID } from "node:crypto";
import { compilePattern } from "event-pattern";
import { AwsError, type ServiceName } from "../aws/call.ts";
import { type Input, isInput, partsOf, textOf } from "../aws/input.ts";
import { noOperation } from "../aws/refusals.ts";
import { account, queueName } from "../aws/service.ts";
import { entriesOf, envelopeOf } from "../events/entry.ts";
import { type Access, secondAccount } from "../identity/access.ts";
import { accountOf } from "../identity/policy.ts";
import { parsePolicy } from "../identity/policyDocument.ts";
import type { Principal } from "../identity/principal.ts";
import type { Queues } from "./queues.ts";
import type { Need } from "./resources.ts";

export function accountNumberOf(principal: Principal): string {
    switch (principal.kind) {
        case "administrator":
            return principal.account ?? account;
        case "role":
            return accountOf(principal.roleArn);
        case "service":
            return account;
    }
}

/** What outlives the process. */
export interface Kept {
    recall(key: string): unknown;
    remember(key: string, state: unknown): void;
}

interface Role {
    readonly trust: string;
    readonly policies: Readonly<Record<string, string>>;
}

interface Rule {
    readonly bus: string;
    readonly pattern: string;
    readonly queueArns: readonly string[];
}

interface State {
    readonly roles: Readonly<Record<string, Role>>;
    readonly buses: readonly string[];
    readonly rules: Readonly<Record<string, Rule>>;
}

const keptAs = "second account";
const none: State = { roles: {}, buses: [], rules: {} };

/**
 * Another account: its administrator makes queues, roles and buses with rules that fill its queues. Roles of the program
 * get there by AssumeRole alone. Its queues are in the engine under names of their own.
 */
export class SecondAccount {
    readonly #access: Pick<Access, "defineRole" | "replaceResourcePolicy">;
    readonly #region: string;
    readonly #kept: Kept;
    readonly #queues: Queues;
    #state: State;

    constructor(args: {
        readonly access: Pick<Access, "defineRole" | "replaceResourcePolicy">;
        readonly region: string;
        readonly kept: Kept;
        readonly queues: Queues;
    }) {
        this.#access = args.access;
        this.#region = args.region;
        this.#kept = args.kept;
        this.#queues = args.queues;
        const kept = args.kept.recall(keptAs);
        this.#state = isInput(kept) ? { ...none, ...kept } : none;
        for (const [name, role] of Object.entries(this.#state.roles)) this.#define(name, role);
    }

    /** Whether a call is about its resources. */
    has(service: ServiceName, needs: readonly Need[]): boolean {
        return (
            service !== "sts" &&
            needs.some(({ resources }) => resources.some((arn) => accountOf(arn) === secondAccount))
        );
    }

    /** Whether the caller may is already decided. @throws AwsError */
    async run(service: ServiceName, action: string, input: Input): Promise<Record<string, unknown>> {
        if (service === "sqs") return await this.#queue(action, input);
        const serve = this.#actions[`${service}:${action}`];
        if (serve === undefined) throw noOperation(service, action);
        return await serve(input);
    }

    readonly #actions: Readonly<
        Record<string, (input: Input) => Record<string, unknown> | Promise<Record<string, unknown>>>
    > = {
        "iam:CreateRole": (input) => {
            const name = needed(input, "RoleName");
            if (this.#state.roles[name] !== undefined)
                throw new AwsError("EntityAlreadyExists", `Role with name ${name} already exists.`, 409);
            this.#keepRole(name, { trust: needed(input, "AssumeRolePolicyDocument"), policies: {} });
            return {
                Role: {
                    RoleName: name,
                    RoleId: `AROA${name}`,
                    Arn: roleArn(name),
                    Path: "/",
                    CreateDate: new Date().toISOString(),
                },
            };
        },
        "iam:UpdateAssumeRolePolicy": (input) => {
            const [name, role] = this.#roleIn(input);
            this.#keepRole(name, { ...role, trust: needed(input, "PolicyDocument") });
            return {};
        },
        "iam:PutRolePolicy": (input) => {
            const [name, role] = this.#roleIn(input);
            const policy = { [needed(input, "PolicyName")]: needed(input, "PolicyDocument") };
            this.#keepRole(name, { ...role, policies: { ...role.policies, ...policy } });
            return {};
        },
        "events:CreateEventBus": (input) => {
            const name = needed(input, "Name");
            this.#keep({ ...this.#state, buses: [...new Set([...this.#state.buses, name])] });
            return { EventBusArn: this.#arn("events", `event-bus/${name}`) };
        },
        "events:PutRule": (input) => {
            const [name, bus] = [needed(input, "Name"), busIn(textOf(input, "EventBusName"))];
            const pattern = needed(input, "EventPattern");
            compilePattern(pattern);
            this.#keep({
                ...this.#state,
                rules: { ...this.#state.rules, [`${bus}/${name}`]: { bus, pattern, queueArns: [] } },
            });
            return { RuleArn: this.#arn("events", `rule/${bus}/${name}`) };
        },
        "events:PutTargets": (input) => {
            const key = `${busIn(textOf(input, "EventBusName"))}/${needed(input, "Rule")}`;
            const rule = this.#state.rules[key];
            if (rule === undefined) throw new AwsError("ResourceNotFoundException", `Rule ${key} does not exist.`, 400);
            const queueArns = partsOf(input, "Targets").map((target) => textOf(target, "Arn") ?? "");
            this.#keep({ ...this.#state, rules: { ...this.#state.rules, [key]: { ...rule, queueArns } } });
            return { FailedEntryCount: 0, FailedEntries: [] };
        },
        "events:PutEvents": (input) => this.#putEvents(input),
    };

    async #putEvents(input: Input): Promise<Record<string, unknown>> {
        const Entries = await Promise.all(
            entriesOf(input).map(async (entry) => {
                const id = randomUUID();
                const event = envelopeOf(entry, id, this.#region, new Date());
                if ("ErrorCode" in event) return event;
                const bus = busIn(textOf(entry, "EventBusName"));
                const matching = Object.values(this.#state.rules).filter(
                    (rule) => rule.bus === bus && compilePattern(rule.pattern)(event),
                );
                const MessageBody = JSON.stringify({ ...event, account: secondAccount });
                for (const arn of matching.flatMap(({ queueArns }) => queueArns))
                    await this.#queue("SendMessage", { QueueUrl: arn.replaceAll(":", "/"), MessageBody });
                return { EventId: id };
            }),
        );
        return { FailedEntryCount: Entries.filter((entry) => "ErrorCode" in entry).length, Entries };
    }

    /** By the engine's name of the queue; answers name it as its owner does. */
    async #queue(action: string, input: Input): Promise<Record<string, unknown>> {
        const { QueueUrl: url, QueueName: name, ...others } = input;
        const answer = await this.#queues.run(action, {
            ...others,
            ...(typeof url === "string" && { QueueUrl: `http://127.0.0.1/${account}/${prefix}${queueName(url)}` }),
            ...(typeof name === "string" && { QueueName: `${prefix}${name}` }),
        });
        const text = JSON.stringify(answer).replaceAll(`/${account}/${prefix}`, `/${secondAccount}/`);
        return JSON.parse(text.replaceAll(`:${account}:${prefix}`, `:${secondAccount}:`));
    }

    #roleIn(input: Input): [name: string, role: Role] {
        const name = needed(input, "RoleName");
        const role = this.#state.roles[name];
        if (role !== undefined) return [name, role];
        throw new AwsError("NoSuchEntity", `The role with name ${name} cannot be found.`, 404);
    }

    #keepRole(name: string, role: Role): void {
        this.#define(name, role);
        this.#keep({ ...this.#state, roles: { ...this.#state.roles, [name]: role } });
    }

    #define(name: string, { trust, policies }: Role): void {
        const parsed = Object.values(policies).map((policy) => parsePolicy(policy));
        this.#access.replaceResourcePolicy(roleArn(name), parsePolicy(trust));
        this.#access.defineRole({ arn: roleArn(name), policies: parsed });
    }

    #keep(state: State): void {
        this.#state = state;
        this.#kept.remember(keptAs, state);
    }

    #arn(service: string, resource: string): string {
        return `arn:aws:${service}:${this.#region}:${secondAccount}:${resource}`;
    }
}

const prefix = `${secondAccount}-`;
const roleArn = (name: string): string => `arn:aws:iam::${secondAccount}:role/${name}`;
const busIn = (nameOrArn = "default"): string => nameOrArn.replace(/^arn:.*:event-bus\//, "");

function needed(input: Input, name: string): string {
    const value = textOf(input, name);
    if (value !== undefined) return value;
    throw new AwsError(
        "ValidationError",
        `Value null at ${name} failed to satisfy constraint: Member must not be null`,
        400,
    );
}
