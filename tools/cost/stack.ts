import type { Resource } from "embedded-aws/recorder";

/** The resources of one region, and how they hang together. */
export class Stack {
    readonly resources: readonly Resource[];
    readonly #byType: ReadonlyMap<string, readonly Resource[]>;
    /** What has been asked before: an order comes by the same functions again and again. */
    readonly #rights = new Map<Resource, Rights>();

    /** @param resources of all regions; those of the region that clients' requests come to are looked at. */
    constructor(resources: readonly Resource[]) {
        const home = resources.find(({ type }) => type === "aws:apigatewayv2/api:Api")?.provider;
        this.resources = resources.filter(({ provider, type }) => provider === home || global.has(type));
        this.#byType = Map.groupBy(this.resources, ({ type }) => type);
    }

    of(type: string): readonly Resource[] {
        return this.#byType.get(type) ?? [];
    }

    one(is: (resource: Resource) => boolean): Resource | undefined {
        return this.resources.find(is);
    }

    named(type: string, name: unknown): Resource[] {
        return this.of(type).filter(({ outputs }) => name !== undefined && outputs["name"] === name);
    }

    /** The resources of a type that an ARN means: their own, an alias of theirs, or one with theirs inside. */
    by(type: string, arn: unknown): Resource[] {
        const whole = String(arn);
        return this.of(type).filter(({ outputs }) => {
            const own = outputs["arn"];
            return (
                typeof own === "string" && (whole === own || [":", "/"].some((end) => whole.includes(`${own}${end}`)))
            );
        });
    }

    mappingsOf(source: unknown): Resource[] {
        return this.of("aws:lambda/eventSourceMapping:EventSourceMapping").filter(
            ({ inputs }) => source !== undefined && inputs["eventSourceArn"] === source,
        );
    }

    rulesOf(bus: Resource): Resource[] {
        return this.of("aws:cloudwatch/eventRule:EventRule").filter(
            ({ inputs }) => inputs["eventBusName"] === bus.outputs["name"],
        );
    }

    targetsOf(rule: Resource): unknown[] {
        return this.of("aws:cloudwatch/eventTarget:EventTarget")
            .filter(({ inputs }) => inputs["rule"] === rule.outputs["name"])
            .map(({ inputs }) => inputs["arn"]);
    }

    subscriptionsOf(topic: Resource): Resource[] {
        return this.of("aws:sns/topicSubscription:TopicSubscription").filter(
            ({ inputs }) => inputs["topic"] === topic.outputs["arn"],
        );
    }

    /** Names of a table's replicas. */
    replicasOf(table: Resource): string[] {
        return this.of("aws:dynamodb/tableReplica:TableReplica")
            .filter(({ inputs }) => inputs["globalTableArn"] === table.outputs["arn"])
            .map(({ name }) => name);
    }

    isMasked(logs: Resource): boolean {
        return this.of("aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy").some(
            ({ inputs }) => inputs["logGroupName"] === logs.outputs["name"],
        );
    }

    hasDetailedMetrics(route: Resource): boolean {
        return this.of("aws:apigatewayv2/stage:Stage").some(
            ({ inputs }) =>
                inputs["apiId"] === route.inputs["apiId"] &&
                Reflect.get(Object(inputs["defaultRouteSettings"]), "detailedMetricsEnabled") === true,
        );
    }

    /** What a function may do, by its role. */
    rightsOf(callback: Resource): Rights {
        const rights = this.#rights.get(callback) ?? this.#rightsOf(callback);
        this.#rights.set(callback, rights);
        return rights;
    }

    #rightsOf(callback: Resource): Rights {
        const role = this.one(
            ({ type, outputs }) => type === "aws:iam/role:Role" && outputs["arn"] === callback.inputs["role"],
        );
        const policies = this.of("aws:iam/rolePolicy:RolePolicy").filter(({ inputs }) => inputs["role"] === role?.id);
        const statements: Statement[] = policies.flatMap(
            ({ inputs }) => JSON.parse(String(inputs["policy"])).Statement,
        );
        const allowed = (type: string, actions: RegExp) => {
            const arns = statements
                .filter(({ Action }) => [Action].flat().some((action) => actions.test(action)))
                .flatMap(({ Resource }) => Resource);
            return this.of(type).filter(({ outputs }) =>
                arns.some((arn) => arn === outputs["arn"] || arn.startsWith(`${outputs["arn"]}/`)),
            );
        };
        const known = new Map<string, Resource[]>();
        return {
            to: (type, actions) => {
                const key = `${type} ${actions}`;
                const resources = known.get(key) ?? allowed(type, actions);
                known.set(key, resources);
                return resources;
            },
        };
    }
}

interface Statement {
    readonly Action: string | string[];
    readonly Resource: string | string[];
}

interface Rights {
    /** The resources of a type that it may do such a thing with. */
    readonly to: (type: string, actions: RegExp) => Resource[];
}

/** What stands in another region and belongs to the requests of this one. */
const global: ReadonlySet<string> = new Set([
    "aws:dynamodb/tableReplica:TableReplica",
    "aws:cloudfront/distribution:Distribution",
    "aws:wafv2/webAcl:WebAcl",
]);

/** Every text in a value, however deep. */
export function stringsIn(value: unknown): string[] {
    if (typeof value === "string") return [value];
    if (Array.isArray(value)) return value.flatMap(stringsIn);
    return typeof value === "object" && value !== null ? stringsIn(Object.values(value)) : [];
}
