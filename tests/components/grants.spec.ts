import { expect } from "chai";
import { unscoped } from "../../components/parts/grant.ts";
import { graphOf, type Recorded, type Statement, statementsOf } from "../graph.ts";

/** Account, region and Pulumi's suffixes say nothing about a right; without them the table below is readable. */
const readable = (arn: string) =>
    arn
        .replace("arn:aws:", "")
        .replace(/:(eu-west-1)?:(000000000000)?:/, ":")
        .replace(/-[0-9a-f]{7}\b/, "");

const list = (value: string | string[]) => (Array.isArray(value) ? value : [value]);

const rights = (statements: Statement[]) =>
    Object.fromEntries(
        statements.map(({ Action, Resource }) => [list(Action).join(", "), list(Resource).map(readable).join(", ")]),
    );

const everyCallback = (callback: string, name: string) => ({
    "sqs:SendMessage": `sqs:orders-${callback}-failures`,
    "logs:CreateLogStream, logs:PutLogEvents": `logs:log-group:/aws/lambda/${name}-dev:log-stream:*`,
    "xray:PutTraceSegments, xray:PutTelemetryRecords": "*",
});

const once = { "dynamodb:UpdateItem": "dynamodb:table/ecommerce-order-effects-dev" };
const put = { "events:PutEvents": "events:event-bus/order-processing-bus-dev" };
const consume = "sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes";

describe("grants", () => {
    let graph: Recorded;

    before(async () => {
        graph = await graphOf("dev", { notificationSender: "shop@example.com" });
    });

    const expected: Record<string, { name: string; may: Record<string, string>; failures?: false }> = {
        receive: {
            name: "order-receiver",
            may: { "sqs:GetQueueAttributes": "sqs:ecommerce-orders-queue-dev" },
        },
        read: {
            name: "order-reader",
            may: {
                "dynamodb:GetItem": "dynamodb:table/ecommerce-orders-dev",
                "dynamodb:Query": "dynamodb:table/ecommerce-order-effects-dev",
            },
        },
        store: {
            name: "order-store",
            may: {
                "dynamodb:PutItem": "dynamodb:table/ecommerce-orders-dev",
                ...put,
                [consume]: "sqs:ecommerce-orders-queue-dev",
            },
        },
        announce: {
            name: "order-announcer",
            may: {
                ...put,
                "dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator":
                    "dynamodb:table/ecommerce-orders-dev/stream/2026-01-01T00:00:00.000",
                "dynamodb:ListStreams": "dynamodb:table/ecommerce-orders-dev/stream/*",
            },
        },
        notify: { name: "notifier", may: { ...once } },
        mail: {
            name: "mailer",
            may: {
                "ses:SendEmail": "ses:identity/*",
                [consume]: "sqs:order-notifications-queue-dev",
                ...once,
            },
        },
        inventory: {
            name: "inventory",
            may: {
                "dynamodb:BatchGetItem, dynamodb:UpdateItem": "dynamodb:table/catalog-products-dev",
                ...once,
                ...put,
            },
        },
        announcements: {
            name: "announcements",
            may: {
                "sns:Publish": "sns:order-announcements-dev",
                "kms:Decrypt, kms:GenerateDataKey": "kms:key/messages-key",
                ...once,
            },
        },
        document: {
            name: "document",
            may: { "s3:PutObject": "s3:orders-documents-bucket/orders/*", ...once, ...put },
        },
    };

    for (const [callback, { name, may }] of Object.entries(expected)) {
        it(`${name} may do exactly what it does`, () => {
            const statements = graph.statements(`orders-${callback}`);
            const sends = statements.filter(({ Action }) => list(Action).includes("sqs:SendMessage"));
            const others = statements.filter(
                (statement) => !sends.includes(statement) || sends.indexOf(statement) === sends.length - 1,
            );
            expect(rights(others)).to.deep.equal({ ...everyCallback(callback, name), ...may });
            const queues = sends.slice(0, -1).map(({ Resource }) => readable(list(Resource).join()));
            const own: Record<string, string[]> = {
                receive: ["sqs:ecommerce-orders-queue-dev"],
                announce: ["sqs:orders-unannounced"],
                notify: ["sqs:order-notifications-queue-dev"],
            };
            expect(queues).to.deep.equal(own[callback] ?? []);
        });
    }

    it("say * nowhere but where AWS knows nothing narrower", () => {
        const wide = [
            "aws:iam/rolePolicy:RolePolicy",
            "aws:sqs/queuePolicy:QueuePolicy",
            "aws:sns/topicPolicy:TopicPolicy",
        ]
            .flatMap((type) => graph.of(type))
            .flatMap(({ inputs }) => statementsOf(inputs["policy"]))
            .filter(
                ({ Action, Resource }) =>
                    list(Resource).includes("*") || list(Action).some((action) => action.includes("*")),
            );
        const explained = Object.values(unscoped).map(({ actions }) => actions.join());
        expect(wide.filter(({ Action }) => !explained.includes(list(Action).join()))).to.deep.equal([]);
        for (const { reason } of Object.values(unscoped)) expect(reason).to.match(/AWS|X-Ray/);
    });

    it("let the mailer send from the sender's address alone", () => {
        const [send] = graph.statements("orders-mail").filter(({ Action }) => list(Action).includes("ses:SendEmail"));
        expect(send?.Condition).to.deep.equal({ StringEquals: { "ses:FromAddress": "shop@example.com" } });
    });

    it("give each function a role of its own that only Lambda can take on", () => {
        const roles = graph.of("aws:lambda/function:Function").map(({ inputs }) => inputs["role"]);
        expect(new Set(roles).size).to.equal(roles.length);
        for (const { inputs } of graph.of("aws:iam/role:Role")) {
            expect(statementsOf(inputs["assumeRolePolicy"])).to.deep.equal([
                { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
            ]);
        }
        expect(graph.of("aws:iam/rolePolicyAttachment:RolePolicyAttachment")).to.deep.equal([]);
    });

    it("admit a service to a queue, a topic or a function only for one of our own resources", () => {
        const policies = [
            ...graph.of("aws:sqs/queuePolicy:QueuePolicy"),
            ...graph.of("aws:sns/topicPolicy:TopicPolicy"),
        ];
        expect(policies).to.have.length.greaterThan(4);
        for (const { inputs, name } of policies) {
            for (const { Condition } of statementsOf(inputs["policy"])) {
                expect(JSON.stringify(Condition), name).to.match(
                    /"aws:SourceArn":"arn:aws:(events|cloudwatch):eu-west-1:000000000000:/,
                );
            }
        }
        for (const { inputs, name } of graph.of("aws:lambda/permission:Permission")) {
            expect(inputs["sourceArn"], name).to.match(/^arn:aws:(events|execute-api):eu-west-1:000000000000:/);
        }
    });
});
