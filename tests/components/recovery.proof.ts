import { expect } from "chai";
import { unscoped } from "../../components/parts/grant.ts";
import { graphOf, type Recorded, statementsOf } from "../graph.ts";

const archive = "aws:cloudwatch/eventArchive:EventArchive";
const bus = "aws:cloudwatch/eventBus:EventBus";
const target = "aws:cloudwatch/eventTarget:EventTarget";
const lambda = "aws:lambda/function:Function";
const plan = "aws:backup/plan:Plan";
const selection = "aws:backup/selection:Selection";
const vault = "aws:backup/vault:Vault";
const role = "aws:iam/role:Role";

const arnsOf = (graph: Recorded, type: string) => graph.of(type).map(({ outputs }) => outputs["arn"]);

/** Those that are backed up: tests/components/legal/storage.ts. */
const tablesOf = (graph: Recorded) =>
    graph
        .of("aws:dynamodb/table:Table")
        .filter(({ inputs }) => inputs["tags"] === undefined)
        .map(({ outputs }) => outputs["arn"]);

describe("the archive of the order bus", () => {
    it("is not there unless a setting says for how many days", async () => {
        const graph = await graphOf("dev");
        expect(graph.of(archive)).to.deep.equal([]);
    });

    it("holds every event for as long as the setting says, in each region those of its own bus", async () => {
        const graph = await graphOf("prod", { "retention.archiveDays": 90, "failover.region": "eu-central-1" });
        const archives = graph.of(archive).map(({ inputs }) => inputs);
        expect(archives.map(({ eventSourceArn }) => eventSourceArn)).to.have.members(arnsOf(graph, bus));
        expect(archives).to.have.length(2);
        for (const { retentionDays, eventPattern, name } of archives) {
            expect(retentionDays).to.equal(90);
            expect(eventPattern).to.equal(undefined);
            expect(String(name)).to.match(/^[.\-_A-Za-z0-9]{1,48}$/);
        }
    });

    /** How each consumer of the bus knows an event that it has seen, and the tests that show it. */
    const idempotent: Readonly<Record<string, "effects" | "versions" | "deliveries" | "ids">> = {
        // runtime/shared/idempotency.ts, tests/runtime/idempotency.spec.ts
        "route-to-notifier": "effects",
        "route-to-inventory": "effects",
        "route-to-document": "effects",
        "route-to-announcements": "effects",
        // tests/runtime/follow.spec.ts: "writes nothing for an event that comes again, or comes late"
        "route-to-checkout": "versions",
        // tests/runtime/orderProgress.spec.ts: "takes what a system of the merchant reports on the bus into its version, once"
        "route-to-orders": "versions",
        // tests/runtime/checkout/money.spec.ts: "is done once, whatever becomes of the provider's answers"
        "route-to-payments": "versions",
        // Ids of customers, kept for who deletes them at Segment, where a second deletion finds nobody.
        "route-to-customer-deletions": "ids",
        // tests/runtime/dispatch.spec.ts: "knows an event again that its origin published twice"
        "route-to-webhooks": "deliveries",
    };

    it("can be replayed to every consumer: each knows what it has done", async () => {
        const graph = await graphOf("prod", { "retention.archiveDays": 90 });
        const targets = graph.of(target);
        expect(targets.map(({ inputs }) => inputs["rule"])).to.have.members(Object.keys(idempotent));
        for (const { inputs } of targets) {
            const rule = String(inputs["rule"]);
            if (idempotent[rule] !== "effects") continue;
            const consumers = graph
                .of(lambda)
                .filter(({ outputs }) => String(inputs["arn"]).startsWith(String(outputs["arn"])))
                .map((consumer) => consumer.inputs["environment"] as { variables: Record<string, string> });
            expect(
                consumers.map(({ variables }) => variables["EFFECTS_TABLE"]),
                rule,
            ).to.deep.equal(["ecommerce-order-effects-prod"]);
            // What was done about an order is known for longer than its event can come again; stock is decided for good.
            for (const { variables } of consumers) {
                const days = Number(variables["HISTORY_DAYS"] ?? 0);
                if (days !== 0) expect(days, rule).to.be.at.least(90 + 30);
            }
        }
    });
});

describe("backups", () => {
    let prod: Recorded;

    before(async () => {
        prod = await graphOf("prod", {
            "retention.archiveDays": 90,
            "retention.backupDays": 35,
            "encryption.keys": "aws",
        });
    });

    it("are not made unless a setting says for how many days they are kept", async () => {
        const graph = await graphOf("dev");
        const made = graph.resources.filter(({ type }) => type.startsWith("aws:backup/")).map(({ type }) => type);
        // The vault stays for what was put into it.
        expect(made).to.deep.equal(["aws:backup/vault:Vault"]);
    });

    it("are made of every table that is not ephemeral and every bucket, each night, and kept for so many days", () => {
        const [selected, ...more] = prod.of(selection);
        expect(more).to.deep.equal([]);
        expect(selected?.inputs["resources"]).to.have.members([
            ...tablesOf(prod),
            ...arnsOf(prod, "aws:s3/bucket:Bucket"),
        ]);
        const [nightly, ...others] = prod.one(plan, "backups-plan").inputs["rules"] as Record<string, unknown>[];
        expect(others).to.deep.equal([]);
        expect(nightly).to.deep.include({
            schedule: "cron(0 3 * * ? *)",
            lifecycle: { deleteAfter: 35 },
            targetVaultName: prod.one(vault, "backups-vault").outputs["name"],
        });
    });

    it("may be thrown away with the stack where data may, and nowhere else", async () => {
        const kept = prod.one(vault, "backups-vault");
        expect(kept.inputs["forceDestroy"]).to.equal(false);
        expect(kept.protect).to.equal(true);
        const passing = (await graphOf("dev", { "retention.backupDays": 1 })).one(vault, "backups-vault");
        expect(passing.inputs["forceDestroy"]).to.equal(true);
        expect(passing.protect).to.equal(false);
    });

    it("are made by a role of AWS Backup's that reads these tables and buckets, and restores nothing", () => {
        const { inputs, outputs } = prod.one(role, "backups-role");
        expect(statementsOf(inputs["assumeRolePolicy"]).map(({ Principal }) => Principal)).to.deep.equal([
            { Service: "backup.amazonaws.com" },
        ]);
        expect(prod.of(selection)[0]?.inputs["iamRoleArn"]).to.equal(outputs["arn"]);
        const own = [...tablesOf(prod), ...arnsOf(prod, "aws:s3/bucket:Bucket")];
        const rights = prod.statements("backups").map(({ Action, Resource }) => [[Action].flat(), [Resource].flat()]);
        const elsewhere = rights.filter(
            ([, resources = []]) =>
                !resources.every((resource) =>
                    own.some((arn) => [arn, `${arn}/*`, `${arn}/backup/*`].includes(resource)),
                ),
        );
        expect(elsewhere.map(([, resources]) => resources)).to.deep.equal([
            ["arn:aws:events:eu-west-1:000000000000:rule/AwsBackupManagedRule*"],
            [prod.one(vault, "backups-vault").outputs["arn"]],
            ["arn:aws:backup:eu-west-1:000000000000:recovery-point:*"],
            ["*"],
        ]);
        expect(
            rights.filter(([, resources = []]) => resources.includes("*")).map(([actions]) => actions),
        ).to.deep.equal([unscoped.backups.actions]);
        const actions = rights.flatMap(([of = []]) => of);
        expect(
            actions.filter((action) => /Restore|:Put(Item|Object)|:Delete(Item|Object|Table|Bucket)/.test(action)),
        ).to.deep.equal([]);
    });

    it("are encrypted with the key that what they are of is encrypted with", async () => {
        const graph = await graphOf("prod", { "retention.backupDays": 35, "encryption.keys": "customer" });
        const { arn } = graph.one("aws:kms/key:Key", "data-key").outputs;
        expect(graph.one(vault, "backups-vault").inputs["kmsKeyArn"]).to.equal(arn);
        const onKey = graph.statements("backups").filter(({ Resource }) => [Resource].flat().includes(String(arn)));
        expect(onKey.flatMap(({ Action }) => Action)).to.have.members([
            "kms:Decrypt",
            "kms:GenerateDataKey",
            "kms:DescribeKey",
            "kms:CreateGrant",
        ]);
        const grant = onKey.find(({ Action }) => [Action].flat().includes("kms:CreateGrant"));
        expect(grant?.Condition).to.deep.equal({ Bool: { "kms:GrantIsForAWSResource": "true" } });
        expect(prod.one(vault, "backups-vault").inputs).not.to.have.property("kmsKeyArn");
    });

    it("are made in each region of what is there alone: of tables in the first, of documents and the audit's anchors in both", async () => {
        const graph = await graphOf("prod", { "retention.backupDays": 35, "failover.region": "eu-central-1" });
        const selected = graph.of(selection).flatMap(({ inputs }) => inputs["resources"]);
        const buckets = arnsOf(graph, "aws:s3/bucket:Bucket");
        expect(
            graph
                .of("aws:s3/bucket:Bucket")
                .map(({ name }) => name)
                .sort(),
        ).to.deep.equal(["messages-anchors-bucket", "orders-documents-bucket"].flatMap((name) => [name, name]));
        expect(selected).to.have.members([...tablesOf(graph), ...buckets]);
        const [there, ...others] = graph
            .of("aws:iam/rolePolicy:RolePolicy")
            .filter(({ name, urn }) => name === "backups-policy" && urn.includes("SecondRegion"));
        expect(others).to.deep.equal([]);
        const actions = statementsOf(there?.inputs["policy"]).flatMap(({ Action }) => Action);
        expect(actions.filter((action) => action.startsWith("dynamodb:"))).to.deep.equal([]);
        expect(actions).to.include("s3:GetObject");
    });

    it("are previewed as they are made", async () => {
        const settings = { "retention.backupDays": 35, "retention.archiveDays": 90, "encryption.keys": "aws" };
        const preview = await graphOf("prod", settings, "preview");
        const added = (graph: Recorded) =>
            graph.resources.filter(({ type }) => /^aws:backup|EventArchive/.test(type)).map(({ urn }) => urn);
        expect(added(preview)).to.have.members(added(prod));
        expect(added(preview)).to.have.length(4);
    });
});
