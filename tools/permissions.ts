import type { Resource } from "embedded-aws/recorder";
import { sampleFeeds } from "./sampleFeeds.ts";

/** The stack that the page is about: the one with everything in it that production has. */
export const reported = {
    stack: "prod",
    settings: {
        "orders.mail.sender": "shop@example.com",
        "feed.targets": sampleFeeds("signed"),
    },
} as const;

/** A statement of a policy, as JSON has it. */
interface Statement {
    readonly Effect: "Allow" | "Deny";
    readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
    readonly Action: string | readonly string[];
    readonly Resource?: string | readonly string[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Cells of a table. */
type Row = readonly string[];

const role = "aws:iam/role:Role";
const lambda = "aws:lambda/function:Function";
/** What may have a policy of its own: by its type the policy's, and the policy's input that names whose it is. */
const governed: Readonly<Record<string, readonly [policy: string, whose: string]>> = {
    "aws:sqs/queue:Queue": ["aws:sqs/queuePolicy:QueuePolicy", "queueUrl"],
    "aws:sns/topic:Topic": ["aws:sns/topicPolicy:TopicPolicy", "arn"],
    "aws:s3/bucket:Bucket": ["aws:s3/bucketPolicy:BucketPolicy", "bucket"],
};

/**
 * The permissions in a recorded graph as Markdown, by logical names, one line each.
 */
export function permissionsOf(resources: readonly Resource[]): string {
    const graph = new Rights(resources);
    return [
        "# Permissions",
        "",
        `Permissions of every role and resource policy of the stack \`${reported.stack}\`. \`npm run docs\` generates this page from the program, so a review shows each change. Names are Pulumi's logical names.`,
        "",
        "## Roles",
        "",
        "Only Lambda assumes the role of a function.",
        "",
        ...table(["Role", "Actions", "Resources", "Conditions"], graph.rights()),
        "",
        "Other roles are assumed by:",
        "",
        ...table(["Role", "By", "If"], graph.trust()),
        "",
        "## Resources",
        "",
        "Resource policies. The roles above need none of these: key policies delegate to the account, and its roles grant the use of keys.",
        "",
        ...table(["Resource", "Admits", "To", "If"], graph.admissions()),
        "",
        `Every queue, topic and bucket refuses calls without TLS${exceptions(graph.withoutTlsPolicy())}.`,
        "",
    ].join("\n");
}

const table = (head: Row, rows: readonly Row[]): string[] => {
    const line = (cells: Row) => `| ${cells.join(" | ")} |`;
    const code = (cell: string) => (cell === "" ? "" : `\`${cell}\``);
    const lines = rows.map(([first = "", ...cells]) => line([first, ...cells.map(code)]));
    return [line(head), line(head.map(() => "---")), ...new Set(lines)];
};

const exceptions = (names: readonly string[]) => (names.length === 0 ? "" : ` but ${names.join(", ")}`);

/** The rights in a graph, with names in place of ARNs. */
class Rights {
    readonly #resources: readonly Resource[];
    readonly #byArn: ReadonlyMap<string, string>;

    constructor(resources: readonly Resource[]) {
        this.#resources = resources;
        this.#byArn = new Map(
            // Of two that have the same ARN the first is what both are about.
            resources.toReversed().flatMap(({ name, inputs, outputs }) =>
                [outputs["arn"], outputs["executionArn"]].flatMap((arn) =>
                    // An input belongs to another account or stack.
                    typeof arn === "string" && inputs["arn"] === undefined ? [[arn, name] as const] : [],
                ),
            ),
        );
    }

    /** Role, actions, resources, conditions. What every function may comes first, and once. */
    rights(): Row[] {
        const functions = this.#of(lambda).map(({ inputs }) => inputs["role"]);
        const roles = this.#of(role).map((one) => {
            const { name } = one;
            const own = name.replace(/role$/, "");
            const common = functions.includes(one.outputs["arn"]) ? own : undefined;
            const rights = this.#rightsOf(one).map((cells) => ({
                cells,
                // The same right for several roles.
                shared: common === undefined ? undefined : cells.join(" | ").replaceAll(own, "<function>-"),
            }));
            return { name: name.replace(/-role$/, ""), isFunction: common !== undefined, rights };
        });
        const everyday = roles
            .filter(({ isFunction }) => isFunction)
            .map(({ rights }) => new Set(rights.map(({ shared }) => shared)))
            .reduce((all, some) => all.intersection(some));
        return [
            ...[...everyday].map((shared = "") => ["every function", ...shared.split(" | ")]).toSorted(byCells),
            ...roles.flatMap(({ name, rights }) =>
                rights
                    .filter(({ shared }) => shared === undefined || !everyday.has(shared))
                    .map(({ cells }) => [name, ...cells])
                    .toSorted(byCells),
            ),
        ];
    }

    /** Role, who takes it on, conditions: but for functions, whose roles Lambda alone takes on. */
    trust(): Row[] {
        return this.#of(role)
            .flatMap(({ name, inputs }) =>
                statementsOf(inputs["assumeRolePolicy"]).map((statement) => [
                    name.replace(/-role$/, ""),
                    this.#principalsOf(statement),
                    this.#conditionOf(statement),
                ]),
            )
            .filter(([, principals]) => principals !== "lambda.amazonaws.com");
    }

    /** Resource, principals, actions, conditions. */
    admissions(): Row[] {
        const rowOf = (name: string, statement: Statement): Row => [
            name,
            this.#principalsOf(statement),
            actionsOf(statement),
            this.#conditionOf(statement),
        ];
        const policies = Object.entries(governed).flatMap(([type, [policy, whose]]) =>
            this.#of(policy).flatMap(({ name, inputs }) => {
                const holder = this.#of(type).find(({ id, outputs }) => [id, outputs["arn"]].includes(inputs[whose]));
                return statementsOf(inputs["policy"])
                    .filter(({ Effect }) => Effect === "Allow")
                    .map((statement) => rowOf(holder?.name ?? name, statement));
            }),
        );
        const keys = this.#of("aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey").flatMap(({ name, inputs }) =>
            statementsOf(inputs["policy"]).map((statement) => rowOf(name, statement)),
        );
        const functions = this.#of("aws:lambda/permission:Permission").map(({ name, inputs }) => {
            const invoked = this.#of(lambda).find(({ outputs }) => outputs["name"] === inputs["function"]);
            return rowOf(invoked?.name ?? name, {
                Effect: "Allow",
                Principal: { Service: String(inputs["principal"]) },
                Action: String(inputs["action"]),
                Condition: { ArnLike: { "aws:SourceArn": String(inputs["sourceArn"]) } },
            });
        });
        return [...policies, ...keys, ...functions].toSorted(byCells);
    }

    /** Queues, topics and buckets whose policy does not refuse calls without TLS. */
    withoutTlsPolicy(): string[] {
        return Object.entries(governed).flatMap(([type, [policy, whose]]) =>
            this.#of(type)
                .filter(({ id, outputs }) => {
                    const own = this.#of(policy).filter(({ inputs }) => [id, outputs["arn"]].includes(inputs[whose]));
                    return !own
                        .flatMap(({ inputs }) => statementsOf(inputs["policy"]))
                        .some(
                            ({ Effect, Condition }) =>
                                Effect === "Deny" && Condition?.["Bool"]?.["aws:SecureTransport"],
                        );
                })
                .map(({ name }) => name),
        );
    }

    /** Resources register when their inputs are there, which is not the same order every time. */
    #of(...types: readonly string[]): readonly Resource[] {
        return this.#resources
            .filter(({ type }) => types.includes(type))
            .toSorted((one, other) => one.name.localeCompare(other.name));
    }

    #rightsOf({ id }: Resource): Row[] {
        return this.#of("aws:iam/rolePolicy:RolePolicy")
            .filter(({ inputs }) => inputs["role"] === id)
            .flatMap(({ inputs }) => statementsOf(inputs["policy"]))
            .map((statement) => {
                const resources = list(statement.Resource).map((arn) => this.#nameOf(arn));
                return [actionsOf(statement), resources.toSorted().join(", "), this.#conditionOf(statement)];
            });
    }

    #principalsOf({ Principal = {} }: Statement): string {
        const names = Principal === "*" ? ["everybody"] : Object.values(Principal).flatMap(list);
        return names.map((name) => name.replace(/^arn:aws:iam::\d+:root$/, "the account")).join(", ");
    }

    /** `kms:ViaService = sqs, sns; …` */
    #conditionOf({ Condition = {} }: Statement): string {
        const parts = Object.entries(Condition).flatMap(([operator, keys]) =>
            Object.entries(keys).map(([key, values]) => {
                const sign = operator.endsWith("Like") ? "~" : "=";
                const names = list(values).map((value) => this.#nameOf(value.replace(/\.[\w-]+\.amazonaws\.com$/, "")));
                return `${key} ${operator === "Null" ? "is absent" : `${sign} ${names.join(", ")}`}`;
            }),
        );
        return parts.toSorted().join("; ");
    }

    /** The logical name of what an ARN is of, and where in it; of nothing here, the ARN without account and region. */
    #nameOf(arn: string): string {
        const [owner] = [...this.#byArn]
            .filter(([known]) => arn === known || (arn.startsWith(known) && /^[/:]/.test(arn.slice(known.length))))
            .toSorted(([one], [other]) => other.length - one.length);
        if (owner === undefined) {
            return arn.replace(/^arn:aws:([^:]*):[^:]*:[^:]*:/, "$1 ").replace(/^\d{12}$/, "the account");
        }
        const [known, name] = owner;
        // A stream's label is the time when it was made.
        return name + arn.slice(known.length).replace(/\/stream\/\d.*$/, "/stream");
    }
}

const statementsOf = (policy: unknown): readonly Statement[] => JSON.parse(String(policy)).Statement;

const actionsOf = ({ Action }: Statement) => list(Action).toSorted().join(", ");

const list = (value: string | readonly string[] | undefined): string[] => (value === undefined ? [] : [value].flat());

const byCells = (one: Row, other: Row) => one.join("|").localeCompare(other.join("|"));
