import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type Resource, recordGraph } from "embedded-aws/recorder";
import { readStackConfig } from "embedded-aws/stackConfig";
import { SettingsError } from "../../components/settings/settings.ts";
import { configOf, graphOf, nameless, place, Recorded, withChanges } from "../graph.ts";
import { isProof, proof } from "../proof.ts";
import { refused, sized } from "../variants.ts";

/** A property of a resource's input: `aws:sqs/queue:Queue tags.Name`. */
type Leaf = readonly [path: string, value: unknown];

function leavesOf(value: unknown, path: string): Leaf[] {
    if (Array.isArray(value)) return value.flatMap((element, index) => leavesOf(element, `${path}[${index}]`));
    if (typeof value !== "object" || value === null) return [[path, value]];
    return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, path === "" ? key : `${path}.${key}`));
}

/** Every resource with all that is said of it, by the type and name. */
const resourcesOf = (graph: Recorded): ReadonlyMap<string, Resource> =>
    new Map(graph.resources.map((resource) => [nameless(resource.urn.replace(/^urn:pulumi:[^:]*/, "")), resource]));

const saidOf = ({ inputs, protect, ignoreChanges, dependencies }: Resource): ReadonlyMap<string, unknown> => {
    const said = JSON.parse(nameless(JSON.stringify({ ...inputs, protect, ignoreChanges, dependencies })));
    return new Map(leavesOf(said, ""));
};

/** Where two graphs differ: `<type> <property>` of resources that are in both, `<type>` of those in one only. */
function differences(one: Recorded, other: Recorded): Set<string> {
    const found = new Set<string>();
    const [left, right] = [resourcesOf(one), resourcesOf(other)];
    for (const urn of new Set([...left.keys(), ...right.keys()])) {
        const [here, there] = [left.get(urn), right.get(urn)];
        const type = here?.type ?? there?.type ?? "";
        if (here === undefined || there === undefined) {
            found.add(type);
            continue;
        }
        const [said, says] = [saidOf(here), saidOf(there)];
        for (const path of new Set([...said.keys(), ...says.keys()])) {
            if (said.get(path) !== says.get(path)) found.add(`${type} ${path.replace(/\[\d+\]/g, "")}`);
        }
    }
    return found;
}

/** By setting: what it decides about. What differs between the stacks must be in a row whose setting does, too. */
const decides: Readonly<Record<string, readonly RegExp[]>> = {
    "alarms.emails": [/^aws:sns\/topicSubscription:TopicSubscription$/],
    "api.allowedOrigins": [/Api corsConfiguration/],
    "retention.archiveDays": [/^aws:cloudwatch\/eventArchive:EventArchive$/],
    "retention.historyDays": [/Function environment\.variables\.HISTORY_DAYS$/],
    "retention.backupDays": [/^aws:backup\/(plan|selection)/],
    "deployment.deletionProtection": [
        /Table deletionProtectionEnabled$/,
        /(Bucket|Vault) forceDestroy$/,
        /^aws:(backup|dynamodb|kms|s3|secretsmanager)\/.* protect$/,
        /Secret recoveryWindowInDays$/,
    ],
    "deployment.rollout": [
        /^aws:codedeploy/,
        /^aws:lambda\/alias:Alias$/,
        /^commerce:index:Releases$/,
        /Function publish$/,
        // What called the function calls its alias.
        /^aws:lambda\/(permission|functionEventInvokeConfig)\S* qualifier$/,
        /EventSourceMapping functionName$/,
        /EventTarget arn$/,
        /SecretRotation rotationLambdaArn$/,
        /TopicSubscription endpoint$/,
        /Integration integrationUri$/,
        /Authorizer authorizerUri$/,
        /Schedule target\.arn$/,
        /RolePolicy policy$/,
        // The role and the alarms of the releases.
        /^aws:iam\/role(Policy)?:Role(Policy)?$/,
        /^aws:cloudwatch\/metricAlarm:MetricAlarm$/,
        / dependencies$/,
    ],
    "encryption.keys": [
        /^commerce:parts:Key$/,
        /^aws:kms\//,
        / kms(DataKeyReusePeriodSeconds|KeyArn|KeyId|KeyIdentifier|MasterKeyId)$/,
        /Queue sqsManagedSseEnabled$/,
        /Table serverSideEncryption\.kmsKeyArn$/,
        /BucketServerSideEncryptionConfiguration /,
        // Where a bus keeps what its key does not let it deliver.
        /EventBus deadLetterConfig\.arn$/,
        /^aws:sqs\/queue(Policy)?:Queue(Policy)?$/,
    ],
    "functions.logMasking": [/LogDataProtectionPolicy$/],
    "functions.logLevel": [/Function (environment\.variables\.LOG_LEVEL|loggingConfig\.applicationLogLevel)$/],
    "retention.logDays": [/LogGroup retentionInDays$/],
    "functions.memory": [/Function memorySize$/],
    "alarms.level": [
        /^commerce:parts:Topic$/,
        /^aws:sns\/topic(Policy)?:Topic(Policy)?$/,
        /^aws:cloudwatch\/(metricAlarm|queryDefinition|logMetricFilter):/,
        /^aws:cloudwatch\/(dashboard:Dashboard dashboardBody|compositeAlarm:CompositeAlarm( |$))/,
        /^aws:xray\/group:Group$/,
    ],
    "orders.authentication": [/Route authoriz(ationType|erId)$/],
    "checkout.payment.provider": [
        /^aws:(dynamodb\/table:Table|secretsmanager\/secret:Secret)$/,
        /^commerce:parts:Table$/,
        /Function environment\.variables\.PAYMENT_(PROVIDER|RESOURCE)$/,
        /RolePolicy policy$/,
        /Function environment\.variables\.MERCHANT$/,
        /^aws:cloudwatch\/metricAlarm:MetricAlarm$/,
        // The callback that takes events of Stripe.
        /^commerce:parts:Callback$/,
        /^aws:cloudwatch\/logGroup:LogGroup$/,
        /^aws:lambda\/(function:Function|functionEventInvokeConfig:\w+|permission:Permission)$/,
        /^aws:apigatewayv2\/(integration:Integration|route:Route)$/,
    ],
    "functions.byName": [
        /^aws:lambda\/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig$/,
        /Function reservedConcurrentExecutions$/,
    ],
    "webhooks.secretRotationDays": [/SecretRotation rotationRules\.automaticallyAfterDays$/],
    "encryption.tlsOnly": [/^aws:sqs\/queuePolicy:QueuePolicy$/],
    "functions.reserved": [
        /Function reservedConcurrentExecutions$/,
        /EventSourceMapping scalingConfig\.maximumConcurrency$/,
    ],
};

/** Components show the settings that they were given: what those are is no difference of what is made. */
const isShown = (difference: string): boolean => / settings\./.test(difference);

const rejection = (promise: Promise<unknown>): Promise<Error> =>
    promise.then(
        () => {
            throw new Error("nothing was refused");
        },
        (error: Error) => error,
    );

describe("environments", () => {
    let prod: Recorded;
    const folders: string[] = [];

    before(async () => {
        prod = await graphOf("prod");
    });

    after(() => {
        for (const folder of folders) rmSync(folder, { recursive: true });
    });

    proof("are made alike by the same settings, as dev and as prod", async () => {
        const dev = await graphOf("dev", configOf("prod"));
        expect([...differences(dev, prod)]).to.deep.equal([]);
    });

    it("differ between dev and prod only in what a setting decides that differs, too", async () => {
        const [ofDev, ofProd] = [configOf("dev"), configOf("prod")];
        const differing = Object.keys(ofProd).filter(
            (key) => JSON.stringify(ofDev[key]) !== JSON.stringify(ofProd[key]),
        );
        const reasons = differing.flatMap((key) => decides[key] ?? []);
        const found = [...differences(await graphOf("dev"), prod)].filter((difference) => !isShown(difference));
        expect(found.filter((difference) => !reasons.some((reason) => reason.test(difference)))).to.deep.equal([]);
        // A row that explains nothing would explain anything later.
        const idle = reasons.filter((reason) => !found.some((difference) => reason.test(difference)));
        expect(idle.map(String)).to.deep.equal([]);
    });

    it("are added by one file, and are made alike by the same settings, whatever they are called", async () => {
        const folder = mkdtempSync(join(tmpdir(), "stacks-"));
        folders.push(folder);
        copyFileSync("Pulumi.yaml", join(folder, "Pulumi.yaml"));
        writeFileSync(join(folder, "Pulumi.staging.yaml"), readFileSync("Pulumi.prod.yaml"));
        const { project, values } = readStackConfig(folder, "staging");
        const staging = new Recorded(
            await recordGraph({
                project,
                stack: "staging",
                place,
                // Of a stack that is called prod some have other defaults.
                config: withChanges(values, project, configOf("prod")),
                run: () => import(`../../index.ts?${folder}`),
            }),
        );
        expect([...differences(staging, prod)]).to.deep.equal([]);
        const names = staging.of("aws:lambda/function:Function").map(({ outputs }) => String(outputs["name"]));
        expect(names.filter((name) => !name.endsWith("-staging"))).to.deep.equal([]);
        const [provider] = staging.of("pulumi:providers:aws");
        expect(String(provider?.inputs["defaultTags"])).to.include('"Environment":"staging"');
    });
});

describe("sizes", () => {
    it("reach the function that they name, and no other", async () => {
        const graph = await graphOf(sized.stack, sized.settings);
        const reserved = graph
            .of("aws:lambda/function:Function")
            .flatMap(({ name, inputs }) =>
                inputs["reservedConcurrentExecutions"] === undefined
                    ? []
                    : [[name, inputs["reservedConcurrentExecutions"]]],
            );
        expect(Object.fromEntries(reserved)).to.deep.equal({
            "orders-store-function": 0,
            "orders-notify-function": 7,
            // Which there is by another setting.
            "orders-mail-function": 5,
        });
        const provisioned = graph.of("aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig");
        expect(provisioned.map(({ name, inputs }) => [name, inputs["provisionedConcurrentExecutions"]])).to.deep.equal([
            ["orders-read-provisioned", 3],
        ]);
        // Executions are kept ready of a version, to which Pulumi brings the alias where CodeDeploy does not.
        const [alias, ...others] = graph.of("aws:lambda/alias:Alias");
        expect(others).to.deep.equal([]);
        expect(alias).to.include({ name: "orders-read-live" });
        expect(alias?.ignoreChanges).to.deep.equal([]);
    });

    for (const mode of isProof ? (["up", "preview"] as const) : (["preview"] as const)) {
        it(`of a function that there is none of are refused with the names of those there are (${mode})`, async () => {
            const error = await rejection(graphOf(refused.stack, refused.settings, mode));
            expect(error).to.be.instanceOf(SettingsError);
            expect(error.message)
                .to.include("functions.byName.mailer is no function: there are ")
                .and.to.include("-dev is no function, did you mean functions.byName.order-receiver? There are ");
        });
    }

    for (const [settings, message] of [
        [
            { "functions.byName.notifier.reserved": -1 },
            "functions.byName.notifier.reserved is -1: set a whole number from 0",
        ],
        [
            { "functions.byName.notifier.provisioned": 0 },
            "functions.byName.notifier.provisioned is 0: set a whole number from 1",
        ],
        [
            { "functions.byName.the notifier.reserved": 1 },
            'functions.byName has the key "the notifier": set the name of a function',
        ],
        [
            { "functions.byName.notifier.reserved": 1, "functions.byName.notifier.provisioned": 2 },
            "functions.byName.notifier.provisioned is 2: set no more than its reserved, 1",
        ],
        [{ "deployment.rollout": "blueGreen" }, 'deployment.rollout is "blueGreen": set one of allAtOnce, canary'],
    ] as const) {
        it(`are refused: ${JSON.stringify(settings)}`, async () => {
            expect((await rejection(graphOf("dev", settings))).message).to.include(message);
        });
    }
});
