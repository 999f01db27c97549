import { type Condition, compileCondition } from "./condition.ts";
import type { AccessRequest, PolicyDocument, Principal, Statement } from "./principal.ts";
import { type Context, compileWildcard, type Wildcard } from "./wildcard.ts";

/** One action on one resource, as a statement writes them; `NotAction sqs:*` for what a statement leaves out. */
export interface Grant {
    readonly action: string;
    readonly resource: string;
}

/** A policy, ready to be evaluated. */
export interface Policy {
    readonly allow: readonly CompiledStatement[];
    readonly deny: readonly CompiledStatement[];
}

interface CompiledStatement {
    readonly grants: readonly CompiledGrant[];
    /** @param delegates whether the name of the principal's account stands for it, too */
    readonly names: (principal: Principal, delegates?: boolean) => boolean;
    readonly condition: Condition;
}

interface CompiledGrant extends Grant {
    readonly coversAction: (action: string) => boolean;
    readonly coversResource: Wildcard;
}

/** The policies that apply to one request: those of the role, and those of the resource. */
interface Policies {
    readonly identity: readonly Policy[];
    readonly resource: readonly Policy[];
}

/** `grants`: everything in the identity policies that allows the request, and by that was put to use. */
export type Verdict =
    | { readonly effect: "allow"; readonly grants: readonly Grant[] }
    | { readonly effect: "explicit deny"; readonly by: "identity" | "resource" }
    | { readonly effect: "implicit deny" };

/** Compiles a role's policy, or one of a resource; `resource` is the resource that the policy belongs to. */
export function compilePolicy(document: PolicyDocument, resource?: string): Policy {
    const statements = "Effect" in document.Statement ? [document.Statement] : document.Statement;
    const variables = document.Version === "2012-10-17";
    const compile = (effect: Statement["Effect"]): CompiledStatement[] =>
        statements
            // An effect that is neither allows nothing and, to be safe, denies.
            .filter((statement) => (statement.Effect === "Allow") === (effect === "Allow"))
            .map((statement) => compileStatement(statement, effect, variables, resource));
    return { allow: compile("Allow"), deny: compile("Deny") };
}

function compileStatement(
    statement: Statement,
    effect: Statement["Effect"],
    variables: boolean,
    resource: string | undefined,
): CompiledStatement {
    // A statement of a resource's policy that names no resource is about its own; a Deny that names none, about all.
    const unnamed = effect === "Deny" ? "*" : resource;
    const actions = compileActions(statement, effect === "Deny" ? "*" : undefined);
    const resources = compileResources(statement, unnamed, variables);
    return {
        grants: actions.flatMap((action) => resources.map((covered) => ({ ...action, ...covered }))),
        names: resource === undefined ? () => true : compilePrincipals(statement, effect),
        condition: compileCondition(statement.Condition, effect, variables),
    };
}

/** Action names ignore case: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html */
function compileActions(
    { Action, NotAction }: Statement,
    unnamed: string | undefined,
): Pick<CompiledGrant, "action" | "coversAction">[] {
    const compile = (pattern: string): ((action: string) => boolean) => {
        const wildcard = compileWildcard(pattern.toLowerCase(), false);
        return (action) => wildcard(action, noContext);
    };
    if (NotAction === undefined) {
        return listOf(Action ?? unnamed).map((action) => ({ action, coversAction: compile(action) }));
    }
    const excluded = listOf(NotAction).map(compile);
    return [
        {
            action: `NotAction ${listOf(NotAction).join(" ")}`,
            coversAction: (action) => !excluded.some((covers) => covers(action)),
        },
    ];
}

function compileResources(
    { Resource, NotResource }: Statement,
    unnamed: string | undefined,
    variables: boolean,
): Pick<CompiledGrant, "resource" | "coversResource">[] {
    const compile = (pattern: string): Wildcard => compileWildcard(completed(pattern), variables);
    if (NotResource === undefined) {
        return listOf(Resource ?? unnamed).map((resource) => ({ resource, coversResource: compile(resource) }));
    }
    const excluded = listOf(NotResource).map(compile);
    return [
        {
            resource: `NotResource ${listOf(NotResource).join(" ")}`,
            coversResource: (resource, context) => !excluded.some((covers) => covers(resource, context)),
        },
    ];
}

/** An ARN with fewer than six parts stands for everything that begins with it. */
function completed(pattern: string): string {
    return pattern.startsWith("arn:") && pattern.split(":").length < 6 ? `${pattern}:*` : pattern;
}

/**
 * Which principals a statement of a resource policy names. To name the account in an Allow delegates to the account's identity
 * policies and so adds nothing here; in a Deny it means every principal in the account. NotPrincipal is for Deny only, and
 * exempts a role only where the account, the role and its session are all named.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function compilePrincipals(
    { Principal, NotPrincipal }: Statement,
    effect: Statement["Effect"],
): CompiledStatement["names"] {
    const denies = effect === "Deny";
    if (NotPrincipal !== undefined) {
        const exempt = namedIn(NotPrincipal);
        return (principal) => {
            const { account, itself } = namesOf(principal);
            const isExempt = exempt.everybody || [...account, ...itself].every((name) => exempt.names.has(name));
            return denies && !isExempt;
        };
    }
    if (Principal === undefined) return () => denies;
    const named = namedIn(Principal);
    return (principal, delegates = false) => {
        if (named.everybody || (named.unknown && denies)) return true;
        const { account, itself } = namesOf(principal);
        return (denies || delegates ? [...account, ...itself] : itself).some((name) => named.names.has(name));
    };
}

interface NamedPrincipals {
    readonly everybody: boolean;
    /** Has principals of a type that AWS does not document. */
    readonly unknown: boolean;
    readonly names: ReadonlySet<string>;
}

function namedIn(element: NonNullable<Statement["Principal"]>): NamedPrincipals {
    if (element === "*") return { everybody: true, unknown: false, names: new Set() };
    const aws = listOf(element["AWS"]).map((name) => (/^\d{12}$/.test(name) ? accountRoot(name) : name));
    const services = listOf(element["Service"]).map(serviceName);
    return {
        everybody: aws.includes("*"),
        unknown: Object.keys(element).some((type) => !principalTypes.has(type)),
        names: new Set([...aws, ...services]),
    };
}

const principalTypes: ReadonlySet<string> = new Set(["AWS", "Service", "Federated", "CanonicalUser"]);

/** What a policy may call the principal: by its account, and by itself. */
function namesOf(principal: Principal): { readonly account: readonly string[]; readonly itself: readonly string[] } {
    switch (principal.kind) {
        case "administrator":
            return { account: [], itself: [] };
        case "service":
            return { account: [], itself: [serviceName(principal.service)] };
        case "role":
            return {
                account: [accountRoot(accountOf(principal.roleArn))],
                itself: [principal.roleArn, sessionArn(principal)],
            };
    }
}

/** Apart from the names of other types: a policy that lists a service among the AWS principals does not name it. */
function serviceName(service: string): string {
    return `Service ${service}`;
}

function accountRoot(account: string): string {
    return `arn:aws:iam::${account}:root`;
}

/** The account of an ARN, empty where it has none. */
export function accountOf(arn: string): string {
    return arn.split(":")[4] ?? "";
}

/** The ARN of a session of a role: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export function sessionArn({ roleArn, session }: { readonly roleArn: string; readonly session: string }): string {
    const role = roleArn.slice(roleArn.lastIndexOf("/") + 1);
    return `arn:aws:sts::${accountOf(roleArn)}:assumed-role/${role}/${session}`;
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
    if (value === undefined) return [];
    return typeof value === "string" ? [value] : value;
}

function noContext(): undefined {
    return undefined;
}

/**
 * Decides a request within one account: an explicit deny anywhere wins; else one Allow is enough, of the role's policies
 * or of the resource's. A service has no identity policies: only the resource's policy can let it in.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
 * @param takesBoth whether the role's policies and the resource's must allow it: across accounts
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html)
 */
export function evaluate(policies: Policies, request: AccessRequest, context: Context, takesBoth = false): Verdict {
    const action = request.action.toLowerCase();
    const applies = (statement: CompiledStatement): boolean =>
        statement.grants.some(
            (grant) => grant.coversAction(action) && grant.coversResource(request.resource, context),
        ) &&
        statement.names(request.principal, takesBoth) &&
        statement.condition(context);

    if (policies.identity.some((policy) => policy.deny.some(applies)))
        return { effect: "explicit deny", by: "identity" };
    if (policies.resource.some((policy) => policy.deny.some(applies)))
        return { effect: "explicit deny", by: "resource" };

    const grants: Grant[] = [];
    for (const policy of policies.identity) {
        for (const statement of policy.allow) {
            const covering = statement.grants.filter(
                (grant) => grant.coversAction(action) && grant.coversResource(request.resource, context),
            );
            if (covering.length > 0 && statement.condition(context)) grants.push(...covering);
        }
    }
    const letIn = policies.resource.some((policy) => policy.allow.some(applies));
    if (takesBoth) return letIn && grants.length > 0 ? { effect: "allow", grants } : { effect: "implicit deny" };
    if (grants.length > 0) return { effect: "allow", grants };
    return letIn ? { effect: "allow", grants } : { effect: "implicit deny" };
}
