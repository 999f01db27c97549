import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bundle } from "./bundle.ts";
import { reserveOf } from "./concurrency.ts";
import type { Context, Kind, Sdk } from "./context.ts";
import { type Grant, policyOf, type Sender, trustOf, unscoped } from "./grant.ts";
import { logGroupOf } from "./logGroup.ts";
import { named } from "./naming.ts";
import { deadLetterQueue, sendingTo } from "./queue.ts";
import type { Invocable, Source } from "./source.ts";

/** What a file below `runtime/` that is a callback exports: its handler and the environment it reads. */
export interface CallbackModule {
    readonly handler: (...args: never[]) => unknown;
    readonly env?: Readonly<Record<string, string>>;
}

/** Exactly the variables that a callback reads: a missing or a surplus one is a type error. */
type EnvironmentOf<Module> = Module extends { readonly env: infer Variables }
    ? { readonly [Name in keyof Variables]: pulumi.Input<string> }
    : Readonly<Record<string, never>>;

export interface CallbackArgs<Module extends CallbackModule> {
    /** The file below `runtime/` without its ending: `orderIntake/receive`. */
    readonly entry: string;
    /** What it does, in one sentence; shown in the AWS console. */
    readonly description: string;
    /** Name of the function before the environment: `order-receiver` becomes `order-receiver-dev`. */
    readonly name: string;
    /** What invokes it. @default another resource, by its ARN */
    readonly from?: Source;
    /** Values for exactly the variables that the module reads. */
    readonly environment: EnvironmentOf<Module>;
    /** What it may do, besides logging, tracing and reading its source. @default nothing */
    readonly allow?: readonly Grant[];
    /** Whether it calls others than AWS, for which a network of one's own needs a way out. @default false */
    readonly internet?: boolean;
    /** Seconds it may take. @default 10 */
    readonly timeout?: number;
    /** Memory in MB. @default that of the context */
    readonly memory?: pulumi.Input<number>;
    /** Whether a caller waits for its answer. @default what its source says; without one, false */
    readonly awaited?: boolean;
    /**
     * The clients of AWS that it is bundled with. `full` for one that needs more of the SDK than lean-aws has.
     * @default that of the context where a caller waits for its answer, else `full`
     */
    readonly sdk?: Sdk;
    /** A folder of the project whose templates replace those that come with the callback. @default none */
    readonly templates?: string | undefined;
    /**
     * Most executions at a time, taken out of the account's pool; what the context reserves for the function comes before it. No
     * output: all of them together are held against the account's quota in the preview.
     * @default what the context reserves for its kind
     */
    readonly concurrency?: number;
    readonly context: Context;
}

/**
 * A Lambda function and all that each one needs, with no exception: a role that allows what is listed and nothing else,
 * a log group with retention, JSON logs, tracing, and a queue for what could not be processed.
 */
export class Callback<Module extends CallbackModule = CallbackModule>
    extends pulumi.ComponentResource
    implements Invocable
{
    readonly name: string;
    /** Name of the function before the environment, by which the context knows it. */
    readonly functionName: string;
    /** Why executions may be reserved for it. */
    readonly kind: Kind | undefined;
    readonly reserve: number | undefined;
    readonly function: aws.lambda.Function;
    /** Follows the function's versions, where the context asks for one; sources then call the alias. */
    readonly alias: aws.lambda.Alias | undefined;
    readonly arn: pulumi.Output<string>;
    readonly invokeArn: pulumi.Output<string>;
    readonly role: aws.iam.Role;
    readonly failures: aws.sqs.Queue;
    readonly timeout: number;
    readonly policy: aws.iam.RolePolicy;

    constructor(name: string, args: CallbackArgs<Module>, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:parts:Callback", name, {}, opts);
        const { context } = args;
        const own = { parent: this };
        this.name = name;
        this.functionName = args.name;
        this.timeout = args.timeout ?? 10;
        const allow = [...(args.allow ?? []), ...(args.from?.grants ?? [])];
        this.kind = kindOf(args);
        this.reserve = reserveOf(
            { functionName: args.name, kind: this.kind, asked: args.concurrency },
            context.functions,
        );
        const placement = context.place?.({ name, internet: args.internet ?? false, allow });

        this.failures = deadLetterQueue(`${name}-failures`, context, own);
        const logGroup = logGroupOf(`${name}-logs`, { name: `/aws/lambda/${named(args.name, context)}`, context }, own);
        this.role = new aws.iam.Role(
            `${name}-role`,
            {
                description: `What the callback ${args.entry} may do.`,
                assumeRolePolicy: trustOf("lambda.amazonaws.com"),
            },
            own,
        );
        this.policy = new aws.iam.RolePolicy(
            `${name}-policy`,
            {
                role: this.role.id,
                policy: policyOf([
                    ...allow,
                    sendingTo(this.failures, context),
                    {
                        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
                        resources: [pulumi.interpolate`${logGroup.arn}:log-stream:*`],
                    },
                    unscoped.traces,
                    ...(placement ? [unscoped.interfaces] : []),
                ]),
            },
            own,
        );
        const { handler, code } = bundle(
            args.entry,
            args.sdk ?? (this.kind === "callers" ? context.functions.sdk : "full"),
            args.templates,
        );
        this.function = new aws.lambda.Function(
            `${name}-function`,
            {
                name: named(args.name, context),
                description: args.description,
                runtime: "nodejs24.x",
                architectures: ["arm64"],
                code,
                handler,
                role: this.role.arn,
                timeout: this.timeout,
                memorySize: context.functions.byName[args.name]?.memory ?? args.memory ?? context.functions.memory,
                environment: {
                    variables: {
                        ...args.environment,
                        LOG_LEVEL: context.functions.logLevel,
                        // Every trace by lines of the sources, at the price of a slower start; where a client waits, the
                        // log looks them up (runtime/shared/log.ts).
                        ...(args.from?.awaited === false && { NODE_OPTIONS: "--enable-source-maps" }),
                    },
                },
                loggingConfig: {
                    logFormat: "JSON",
                    logGroup: logGroup.name,
                    // The log leaves lines out itself, but for those with metrics, which Lambda would.
                    applicationLogLevel: context.functions.logLevel === "debug" ? "DEBUG" : "INFO",
                    systemLogLevel: "INFO",
                },
                tracingConfig: { mode: "Active" },
                ...(placement && { vpcConfig: placement }),
                ...(this.reserve !== undefined && { reservedConcurrentExecutions: this.reserve }),
                ...(isReleased(args.name, context) && { publish: true }),
            },
            { ...own, dependsOn: [this.policy] },
        );
        this.alias = isReleased(args.name, context) ? this.#live(context) : undefined;
        this.arn = (this.alias ?? this.function).arn;
        this.invokeArn = (this.alias ?? this.function).invokeArn;
        new aws.lambda.FunctionEventInvokeConfig(
            `${name}-async`,
            {
                functionName: this.function.name,
                ...this.#qualifier,
                maximumRetryAttempts: 2,
                destinationConfig: { onFailure: { destination: this.failures.arn } },
            },
            own,
        );
        args.from?.connect(this);
        this.registerOutputs({ functionName: this.function.name, roleArn: this.role.arn });
    }

    invoke(): Grant {
        return { actions: ["lambda:InvokeFunction"], resources: [this.arn] };
    }

    admit(name: string, { service, sourceArn }: Sender, opts: pulumi.CustomResourceOptions): aws.lambda.Permission {
        return new aws.lambda.Permission(
            name,
            {
                function: this.function.name,
                ...this.#qualifier,
                action: "lambda:InvokeFunction",
                principal: service,
                sourceArn,
            },
            opts,
        );
    }

    #live(context: Context): aws.lambda.Alias {
        const own = { parent: this };
        const alias = new aws.lambda.Alias(
            `${this.name}-live`,
            {
                name: "live",
                description: "The version that sources call.",
                functionName: this.function.name,
                functionVersion: this.function.version,
            },
            // CodeDeploy moves it from version to version (components/production/releases.ts).
            {
                ...own,
                ...(context.functions.canary && { ignoreChanges: ["functionVersion", "routingConfig"] }),
            },
        );
        const provisioned = context.functions.byName[this.functionName]?.provisioned;
        if (provisioned !== undefined) {
            new aws.lambda.ProvisionedConcurrencyConfig(
                `${this.name}-provisioned`,
                {
                    functionName: this.function.name,
                    qualifier: alias.name,
                    provisionedConcurrentExecutions: provisioned,
                },
                own,
            );
        }
        return alias;
    }

    /** What permissions and settings of invocations name the alias by: those of the function do not hold for it. */
    get #qualifier() {
        return this.alias ? { qualifier: this.alias.name } : {};
    }
}

function kindOf({
    from,
    awaited = from?.awaited,
}: Pick<CallbackArgs<CallbackModule>, "from" | "awaited">): Kind | undefined {
    if (awaited) return "callers";
    return from?.polled ? "queues" : undefined;
}

/** Whether a function has versions and an alias: to shift traffic from one to the next, or to keep some of one ready. */
const isReleased = (functionName: string, context: Context): boolean =>
    context.functions.canary || context.functions.byName[functionName]?.provisioned !== undefined;
