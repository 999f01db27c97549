import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { providerNameOf, type Resource, recordGraph } from "embedded-aws/recorder";
import { readStackConfig } from "embedded-aws/stackConfig";
import { type Changes, graphOf, place, Recorded, wholeProgram, withChanges } from "../graph.ts";

const home = "eu-west-1";
const away = "eu-central-1";
const second = { "failover.region": away };
const named = { ...second, "api.domain.name": "api.example.com", "api.domain.zone": "Z0123456789ABCDEFGHIJ" };

const table = "aws:dynamodb/table:Table";
const replica = "aws:dynamodb/tableReplica:TableReplica";
const lambda = "aws:lambda/function:Function";
const mapping = "aws:lambda/eventSourceMapping:EventSourceMapping";
const schedule = "aws:scheduler/schedule:Schedule";
const record = "aws:route53/record:Record";

const isAway = ({ urn }: Resource) => urn.includes("commerce:index:SecondRegion");
const both = (graph: Recorded, type: string) => {
    const all = graph.of(type);
    return { here: all.filter((resource) => !isAway(resource)), there: all.filter(isAway) };
};
/** What watches the first region from the second. */
const isOfWatch = ({ name }: Resource) => /^(health-watch|health-schedules|first-region-down)/.test(name);
const urns = (resources: readonly Resource[]) => resources.map(({ urn }) => urn);
const mentions = (region: string, value: unknown) => JSON.stringify(value)?.includes(region) ?? false;

/** The data key is one key in both regions, a secret changes where it comes from, and AWS reports costs of an account. */
const isOnce = (name: string) =>
    /^(data-(key|alias|replica)|webhooks-rotate-sealing-.*|monitoring-(budget|costs))$/.test(name);

/** What the mappings of streams take, by their names. */
const filtersOf = (mappings: readonly Resource[]) =>
    Object.fromEntries(
        mappings
            .filter(({ inputs }) => inputs["startingPosition"] !== undefined)
            .map(({ name, inputs }) => {
                const { filters } = inputs["filterCriteria"] as { filters: { pattern: string }[] };
                return [name, filters.map(({ pattern }) => JSON.parse(pattern))];
            }),
    );

const writtenIn = (region: string, eventName = ["INSERT"]) => [
    { eventName, dynamodb: { NewImage: { region: { S: [region] } } } },
];
/** What each function that reads a stream gets of it. */
const streamsOf = (region: string) => ({
    "orders-announce-changes": writtenIn(region),
    "catalog-api-publish-changes": writtenIn(region, ["INSERT", "MODIFY"]),
    "checkout-publish-changes": writtenIn(region),
    "management-publish-changes": writtenIn(region),
    "payments-publish-changes": writtenIn(region),
});

/** A region that the other stands in for, from this second on. */
const lostSince = (region: string) => ({
    "failover.lost.region": region,
    "failover.lost.since": "2026-11-21T10:00:00Z",
});
const writtenBeforeIn = (region: string) => [
    {
        eventName: ["INSERT"],
        dynamodb: {
            NewImage: { region: { S: [region] } },
            ApproximateCreationDateTime: [{ numeric: ["<", 1_795_255_200] }],
        },
    },
];

/** The graph of prod where `aws:region` is another. */
async function inRegion(region: string, settings: Changes): Promise<Recorded> {
    if (region === home) return await graphOf("prod", settings);
    const { project, values } = readStackConfig(".", "prod");
    const elsewhere = JSON.parse(JSON.stringify(place).replaceAll(home, region));
    const config = { ...withChanges(values, project, settings), "aws:region": region };
    return new Recorded(await recordGraph({ project, stack: "prod", place: elsewhere, config, run: wholeProgram }));
}

describe("a second region", () => {
    let alone: Recorded;
    let graph: Recorded;

    before(async () => {
        alone = await graphOf("prod");
        graph = await graphOf("prod", second);
    });

    it("leaves everything of the first where it is, and is beside it", () => {
        const known = new Set(urns(alone.resources));
        const added = graph.resources.filter(({ urn }) => !known.has(urn));
        expect(urns(graph.resources)).to.include.members([...known]);
        const elsewhere = added.filter((resource) => !isAway(resource));
        expect(elsewhere.map(({ type, name }) => `${type} ${name}`)).to.include("pulumi:providers:aws aws-second");
        // What watches replication, too, is new in the first region.
        const rest = elsewhere.filter(({ type }) => !/MetricAlarm|providers/.test(type));
        expect(rest.map(({ name }) => name)).to.deep.equal(["data-replica"]);
    });

    it("has what the first has, under the same names, but what is there once for both", () => {
        const shapeOf = (resources: readonly Resource[]) =>
            resources
                .filter(({ custom, type }) => custom && !/alarm|secret|pulumi:providers/i.test(type))
                .filter(({ name }) => !isOnce(name))
                .map(({ type, name }) => `${type} ${name}`);
        const expected = shapeOf(graph.resources.filter((resource) => !isAway(resource))).map((line) =>
            line.replace(/^aws:dynamodb\/table:Table (.*)-table$/, `${replica} $1-replica`),
        );
        const there = shapeOf(graph.resources.filter((resource) => isAway(resource) && !isOfWatch(resource)));
        expect(there).to.have.members(expected);
    });

    it("is made by a provider of its own, with the stack's tags", () => {
        for (const resource of graph.resources.filter(({ custom, type }) => custom && type.startsWith("aws:"))) {
            expect(providerNameOf(resource.provider), resource.urn).to.equal(isAway(resource) ? "aws-second" : "aws");
        }
        const provider = graph.one("pulumi:providers:aws", "aws-second");
        expect(provider.inputs["region"]).to.equal(away);
        expect(provider.inputs["defaultTags"]).to.equal(graph.one("pulumi:providers:aws", "aws").inputs["defaultTags"]);
    });

    it("creates no table: it has a replica of each of the first's, recoverable and protected like it", () => {
        const tables = both(graph, table);
        expect(urns(tables.there)).to.deep.equal([]);
        const replicas = both(graph, replica);
        expect(urns(replicas.here)).to.deep.equal([]);
        expect(replicas.there.map(({ inputs }) => inputs["globalTableArn"])).to.have.members(
            tables.here.map(({ outputs }) => outputs["arn"]),
        );
        for (const { inputs, name } of replicas.there) {
            expect(inputs, name).to.include({ pointInTimeRecovery: true, deletionProtectionEnabled: true });
        }
    });

    it("lives by the streams of all tables, and leaves their replicas to themselves", () => {
        for (const { inputs, ignoreChanges, name } of graph.of(table)) {
            expect(inputs, name).to.include({ streamEnabled: true, streamViewType: "NEW_AND_OLD_IMAGES" });
            expect(inputs, name).not.to.have.property("replicas");
            expect(ignoreChanges, name).to.deep.equal(["replicas"]);
        }
        expect(alone.of(table).filter(({ inputs }) => inputs["streamEnabled"]).length).to.equal(5);
    });

    it("reads copies of the first's secrets and has none of its own", () => {
        const secrets = both(graph, "aws:secretsmanager/secret:Secret");
        expect(urns(secrets.there)).to.deep.equal([]);
        expect(secrets.here).not.to.deep.equal([]);
        for (const { inputs, name } of secrets.here) {
            const { outputs: key } = graph.one("aws:kms/replicaKey:ReplicaKey", "data-replica");
            expect(inputs["replicas"], name).to.deep.equal([{ region: away, kmsKeyId: key["arn"] }]);
        }
        const arns = secrets.here.map(({ outputs }) => String(outputs["arn"]).replace(home, away));
        const read = both(graph, lambda).there.flatMap(({ inputs }) =>
            Object.values((inputs["environment"] as { variables: Record<string, string> }).variables).filter((value) =>
                value.startsWith("arn:aws:secretsmanager:"),
            ),
        );
        // What no callback reads with these settings outlives the setting that it belongs to.
        expect(read).not.to.deep.equal([]);
        expect(arns).to.include.members([...new Set(read)]);
    });

    it("knows nothing of the first but the tables that it replicates, and what alarms say of it", () => {
        const acquainted = graph.resources
            .filter((resource) => resource.custom && isAway(resource) && mentions(home, resource.inputs))
            .filter(({ type, name }) => type !== replica && !name.startsWith("tables-replication"))
            .filter((resource) => !isOfWatch(resource));
        expect(urns(acquainted)).to.deep.equal([]);
    });

    it("is not known to the first but as where secrets are copied to", () => {
        const acquainted = graph.resources
            .filter((resource) => resource.custom && !isAway(resource) && mentions(away, resource.inputs))
            .filter(
                ({ type, name }) =>
                    !/secret:Secret$/.test(type) &&
                    !/^(tables-replication|data-replica|webhooks-rotate-sealing)/.test(name),
            )
            .filter(({ type }) => !type.startsWith("pulumi:providers:"));
        expect(urns(acquainted)).to.deep.equal([]);
    });

    it("runs every function with the same settings and the same code", () => {
        const { here, there } = both(graph, lambda);
        const settingsOf = ({ inputs: { code: _, ...inputs } }: Resource) =>
            JSON.parse(
                JSON.stringify(inputs)
                    .replaceAll(away, home)
                    // The suffix that Pulumi adds to an unknown name.
                    .replaceAll(/-[0-9a-f]{7}(?=[/"])/g, ""),
            );
        expect(there).to.have.length.greaterThan(20);
        for (const one of here.filter(({ name }) => !isOnce(name))) {
            const other = there.find(({ name }) => name === one.name);
            expect(other && settingsOf(other), one.name).to.deep.equal(settingsOf(one));
        }
    });

    it("acts upon what was written there, and the first upon what was written in the first", () => {
        const mappings = both(graph, mapping);
        expect(filtersOf(mappings.here)).to.deep.equal(streamsOf(home));
        expect(filtersOf(mappings.there)).to.deep.equal(streamsOf(away));
        for (const filters of Object.values(filtersOf(alone.of(mapping)))) {
            expect(filters.map((filter) => Object.keys(filter))).to.deep.equal([["eventName"]]);
        }
        // Each follows the stream of its own region.
        for (const { inputs, name } of mappings.there) {
            expect(inputs["eventSourceArn"], name).to.match(/^arn:aws:(sqs|dynamodb):eu-central-1:/);
        }
    });

    it("leaves what happens again and again to the first", () => {
        const all = both(graph, schedule);
        const schedules = { here: all.here, there: all.there.filter((one) => !isOfWatch(one)) };
        expect(schedules.there.map(({ name }) => name)).to.have.members(schedules.here.map(({ name }) => name));
        for (const { inputs } of schedules.there) expect(inputs["state"]).to.equal("DISABLED");
        for (const { inputs } of schedules.here) expect(inputs["state"]).not.to.equal("DISABLED");
        // The other region has no alarm for a stopped function but the watch's.
        const waiting = graph
            .of("aws:cloudwatch/metricAlarm:MetricAlarm")
            .filter((alarm) => alarm.name.endsWith("-stopped") && !isOfWatch(alarm));
        expect(waiting).not.to.deep.equal([]);
        expect(urns(waiting.filter(isAway))).to.deep.equal([]);
    });

    for (const [where, settings, url] of [
        ["by the API's own address", second, "https://api.execute-api.eu-west-1.amazonaws.com/health"],
        ["by the first region's own name", named, "https://eu-west-1.api.example.com/health"],
        [
            "behind a firewall",
            { ...named, "api.firewall.requestsPerAddress": 10_000 },
            /^https:\/\/[^/]+-eu-west-1\.api\.example\.com\/health$/,
        ],
        // Route 53's metrics are there, and die with it.
        [
            "where it is us-east-1",
            { ...second, "aws:region": "us-east-1" },
            "https://api.execute-api.us-east-1.amazonaws.com/health",
        ],
    ] as const) {
        it(`watches the first, and calls by alarms and topics of its own: ${where}`, async () => {
            const { "aws:region": region, ...own } = { "aws:region": home, ...settings };
            const watched = await inRegion(region, own);
            const [watch] = both(watched, lambda).there.filter(({ name }) => name === "health-watch-function");
            if (watch === undefined) expect.fail("nothing watches");
            const { variables } = watch.inputs["environment"] as { variables: Record<string, string> };
            if (typeof url === "string") expect(variables["HEALTH_URL"]).to.equal(url);
            else expect(variables["HEALTH_URL"]).to.match(url);
            const [every] = both(watched, schedule).there.filter(isOfWatch);
            expect(every?.inputs).to.include({ scheduleExpression: "rate(1 minute)" });
            expect(every?.inputs["state"]).not.to.equal("DISABLED");
            const [down, ...more] = watched.resources.filter(({ name }) => name === "first-region-down");
            expect(more).to.deep.equal([]);
            if (down === undefined) expect.fail("nothing calls");
            const topics = down.inputs["alarmActions"] as string[];
            expect(down.inputs).to.deep.include({
                metricName: "RegionUnanswered",
                dimensions: { service: watch.outputs["name"] },
                treatMissingData: "notBreaching",
            });
            // Nothing of it is in the region that may be away, nor in a third one.
            expect(providerNameOf(down.provider)).to.equal("aws-second");
            for (const arn of topics) expect(arn).to.include(`:sns:${away}:`);
            const subscriptions = both(watched, "aws:sns/topicSubscription:TopicSubscription").there.filter(
                ({ inputs }) => topics.includes(String(inputs["topic"])),
            );
            expect(subscriptions.map(({ inputs }) => inputs["endpoint"])).to.include("operations@example.com");
            // A stopped watch is reported, too.
            expect(watched.resources.map(({ name }) => name)).to.include("health-watch-schedule-stopped");
        });
    }

    it("has no health metrics of Route 53 in its alarms, which are in one region only", () => {
        const alarms = graph.of("aws:cloudwatch/metricAlarm:MetricAlarm");
        expect(JSON.stringify(alarms.map(({ inputs }) => inputs))).not.to.include("AWS/Route53");
    });

    it("has other names where AWS knows a name in one region only", () => {
        for (const [type, key] of [
            ["aws:iam/role:Role", undefined],
            ["aws:s3/bucket:Bucket", undefined],
            ["aws:cloudwatch/dashboard:Dashboard", "dashboardName"],
        ] as const) {
            const names = graph.of(type).map(({ id, inputs }) => (key ? inputs[key] : id));
            expect(new Set(names).size, type).to.equal(names.length);
        }
        expect(graph.of("aws:cloudwatch/dashboard:Dashboard")).to.have.length(2);
    });

    it("is previewed as it is made", async () => {
        const preview = await graphOf("prod", { ...named, "api.firewall.requestsPerAddress": 10_000 }, "preview");
        const up = await graphOf("prod", { ...named, "api.firewall.requestsPerAddress": 10_000 });
        expect(urns(preview.resources)).to.have.members(urns(up.resources));
        expect(urns(preview.resources.filter(isAway))).to.have.members(urns(graph.resources.filter(isAway)));
    });

    it("does not move calls by itself where the API has no name of its own", () => {
        expect(graph.resources.filter(({ type }) => type.startsWith("aws:route53/"))).to.deep.equal([]);
        expect(graph.outputs["regionalEndpoints"]).to.have.property(
            "eu-central-1",
            "https://api.execute-api.eu-central-1.amazonaws.com",
        );
    });
});

describe("failover", () => {
    for (const [front, settings] of [
        ["the API", named],
        ["a firewall", { ...named, "api.firewall.requestsPerAddress": 10_000 }],
    ] as const) {
        describe(`behind ${front}`, () => {
            let graph: Recorded;
            const records = () => graph.of(record).filter(({ inputs }) => inputs["aliases"] !== undefined);
            const aliasOf = ({ inputs }: Resource) => (inputs["aliases"] as { name: string; zoneId: string }[])[0];
            const domain = (name: string) => graph.one("aws:apigatewayv2/domainName:DomainName", name);
            const targetOf = (name: string) =>
                (domain(name).outputs["domainNameConfiguration"] as { targetDomainName: string }).targetDomainName;

            before(async () => {
                graph = await graphOf("prod", settings);
            });

            it("leads to one region at a time: the first while it answers, then the second", () => {
                const pair = records().filter(({ inputs }) => inputs["setIdentifier"] !== undefined);
                expect(
                    pair.map((one) => [
                        one.inputs["setIdentifier"],
                        one.inputs["failoverRoutingPolicies"],
                        aliasOf(one)?.name,
                    ]),
                ).to.have.deep.members([
                    ["primary", [{ type: "PRIMARY" }], targetOf("edge-domain")],
                    ["secondary", [{ type: "SECONDARY" }], targetOf("edge-failover-second")],
                ]);
                expect(new Set(pair.map(({ inputs }) => inputs["name"])).size).to.equal(1);
                for (const { inputs, urn } of graph.of(record)) {
                    const others = Object.keys(inputs).filter((key) =>
                        /(latency|weighted|multivalue|geo|cidr)/i.test(key),
                    );
                    expect(others, urn).to.deep.equal([]);
                }
            });

            it("has the name lead to that pair, and to nothing else", () => {
                const active = records().find(({ inputs }) => inputs["setIdentifier"] === "primary");
                const leading = records().filter((one) => aliasOf(one)?.name === active?.inputs["name"]);
                expect(leading.map(({ inputs }) => inputs["name"])).to.deep.equal([
                    domain("edge-domain").inputs["domainName"],
                ]);
                const direct = records().filter(
                    (one) =>
                        one.inputs["setIdentifier"] === undefined &&
                        [targetOf("edge-domain"), targetOf("edge-failover-second")].includes(aliasOf(one)?.name ?? ""),
                );
                expect(urns(direct)).to.deep.equal([]);
            });

            it("serves the name in both regions by certificates of their own, from the root and below the environment", () => {
                const certificates = graph.of("aws:acm/certificate:Certificate");
                for (const [name, region] of [
                    ["edge-domain", home],
                    ["edge-failover-second", away],
                ] as const) {
                    const { inputs, provider } = domain(name);
                    expect(inputs["domainName"], name).to.equal(domain("edge-domain").inputs["domainName"]);
                    expect(providerNameOf(provider)).to.equal(region === home ? "aws" : "aws-second");
                    const { certificateArn } = inputs["domainNameConfiguration"] as { certificateArn: string };
                    expect(certificateArn).to.match(new RegExp(`^arn:aws:acm:${region}:`));
                    const mappings = graph
                        .of("aws:apigatewayv2/apiMapping:ApiMapping")
                        .filter(({ name: of }) => new RegExp(`^${name}-(root|environment)$`).test(of));
                    expect(mappings.map(({ inputs: { stage } }) => stage)).to.have.members(["$default", "prod"]);
                    for (const one of mappings) expect(one.provider).to.equal(provider);
                }
                expect(certificates.filter(({ provider }) => providerNameOf(provider) === "aws-second")).to.have.length(
                    1,
                );
            });

            it("calls a public route of the first region only, by that region's own name", () => {
                const [check, ...more] = graph.of("aws:route53/healthCheck:HealthCheck");
                expect(more).to.deep.equal([]);
                expect(check?.inputs).to.include({ type: "HTTPS", port: 443, enableSni: true });
                const asked = records().filter(({ inputs }) => inputs["name"] === check?.inputs["fqdn"]);
                expect(asked.map((one) => aliasOf(one)?.name)).to.deep.equal([targetOf("edge-failover-first-beside")]);
                expect(domain("edge-failover-first-beside").inputs["domainName"]).to.equal(check?.inputs["fqdn"]);
                const path = check?.inputs["resourcePath"];
                expect(path).to.equal("/health");
                const routes = graph
                    .of("aws:apigatewayv2/route:Route")
                    .filter((route) => route.inputs["routeKey"] === `GET ${path}` && !isAway(route));
                expect(routes.map(({ inputs }) => inputs["authorizationType"])).to.deep.equal(["NONE"]);
                const [primary, secondary] = ["primary", "secondary"].map((which) =>
                    records().find(({ inputs }) => inputs["setIdentifier"] === which),
                );
                expect(primary?.inputs["healthCheckId"]).to.equal(check?.id);
                expect(secondary?.inputs).not.to.have.property("healthCheckId");
            });

            it("gives names beside the hidden one only where there is a firewall to get around", () => {
                const beside = records().map(({ inputs }) => String(inputs["name"]));
                if (front === "the API") {
                    expect(beside).to.include.members(["eu-west-1.api.example.com", "active.api.example.com"]);
                } else {
                    const hidden = String(domain("edge-domain").inputs["domainName"]).split(".")[0] ?? "";
                    expect(hidden.length).to.be.greaterThan(0);
                    const open = beside.filter((name) => name !== "api.example.com" && !name.startsWith(hidden));
                    expect(open).to.deep.equal([]);
                }
                // What certificates with one star cover.
                for (const name of beside) expect(name).to.match(/^([a-z0-9-]{1,63}\.)?api\.example\.com$/);
            });
        });
    }
});

describe("a region that is lost", () => {
    /** The graph, and the mappings that another filter has made anew. */
    async function recorded(settings: Changes) {
        const anew: string[] = [];
        const graph = await graphOf("prod", settings, "up", () => {
            pulumi.runtime.registerStackTransformation(({ type, name, opts }) => {
                const { replaceOnChanges = [], deleteBeforeReplace } = opts as pulumi.CustomResourceOptions;
                const isReplaced = replaceOnChanges.includes("filterCriteria") && deleteBeforeReplace === true;
                if (type === mapping && isReplaced) anew.push(name);
                return undefined;
            });
            return import(`../../index.ts?lost-${settings["failover.lost.region"] ?? "none"}`);
        });
        return { graph, anew };
    }

    it("is answered for by the other, from the beginning of what the streams still hold", async () => {
        for (const [lost, left] of [
            [home, away],
            [away, home],
        ] as const) {
            const { graph, anew } = await recorded({ ...second, ...lostSince(lost) });
            const mappings = both(graph, mapping);
            const filters = {
                [home]: filtersOf(mappings.here)["orders-announce-changes"],
                [away]: filtersOf(mappings.there)["orders-announce-changes"],
            };
            expect(filters[left]).to.deep.equal([...writtenIn(left), ...writtenBeforeIn(lost)]);
            expect(filters[lost]).to.deep.equal(writtenIn(lost));
            expect(new Set(anew)).to.deep.equal(new Set(Object.keys(streamsOf(home))));
            for (const { inputs } of graph.of(mapping).filter(({ name }) => anew.includes(name))) {
                expect(inputs["startingPosition"]).to.equal("TRIM_HORIZON");
            }
        }
        expect((await recorded(second)).anew).to.deep.equal([]);
    });

    it("gets no calls until it is no longer called lost, although it answers again", async () => {
        const checkOf = async (lostRegion: string) =>
            (await graphOf("prod", { ...named, ...lostSince(lostRegion) })).one(
                "aws:route53/healthCheck:HealthCheck",
                "edge-failover-answers",
            ).inputs;
        // A check that is off counts as passed, and inverted as failed.
        expect(await checkOf(home)).to.include({ disabled: true, invertHealthcheck: true });
        expect(await checkOf(away)).not.to.have.any.keys("disabled", "invertHealthcheck");
    });

    it("leaves what happens again and again to the second when it is the first", async () => {
        const states = async (lostRegion: string) =>
            both(await graphOf("prod", { ...second, ...lostSince(lostRegion) }), schedule)
                .there.filter((one) => !isOfWatch(one))
                .map(({ inputs }) => inputs["state"]);
        expect(await states(home)).not.to.include("DISABLED");
        expect(new Set(await states(away))).to.deep.equal(new Set(["DISABLED"]));
    });

    for (const [what, settings, message] of [
        ["a second region that is the first", { "failover.region": home }, "as aws:region is: set another"],
        ["a region that is none", { "failover.region": "Frankfurt" }, "set a region of AWS"],
        ["a lost region where there is one only", lostSince(home), "set one of two regions"],
        ["a lost region that is neither", { ...second, ...lostSince("us-east-1") }, "set one of two regions"],
        ["a takeover without a time", { ...second, "failover.lost.region": home }, "failover.lost.since is not set"],
        ["a takeover at no time", { ...second, ...lostSince(home), "failover.lost.since": "now" }, "set a time"],
    ] as const) {
        it(`is refused: ${what}`, async () => {
            const error = await graphOf("prod", settings).catch((fault: unknown) => fault);
            expect(String(error)).to.include("SettingsError").and.to.include(message);
        });
    }
});
