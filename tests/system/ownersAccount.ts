import {
    CreateEventBusCommand,
    EventBridgeClient,
    PutRuleCommand,
    PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateQueueCommand, DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Embedded } from "./embedded.ts";

/** What came to a queue, by itself or through a bus. */
export interface Arrival {
    /** The event's. */
    readonly id: string;
    /** The event. */
    readonly body: string;
}

const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:111111111111:${resource}`;
const statement = (Action: string | string[], more: object) => ({ Effect: "Allow", Action, ...more });
const policy = (Statement: object) => JSON.stringify({ Version: "2012-10-17", Statement });

/** The account of an endpoint's owner: queues, and buses that put all that our webhooks send them into a queue. */
export class OwnersAccount {
    readonly roleArn: string;
    readonly #roleName: string;
    readonly #iam: IAMClient;
    readonly #events: EventBridgeClient;
    readonly #sqs: SQSClient;

    /** @param name ends the name of its role */
    constructor({ awsUrl }: Embedded, name: string) {
        const settings = {
            endpoint: awsUrl,
            region: "eu-west-1",
            credentials: { accessKeyId: "owner", secretAccessKey: "owner" },
        };
        this.#iam = new IAMClient(settings);
        this.#events = new EventBridgeClient(settings);
        this.#sqs = new SQSClient(settings);
        this.#roleName = `commerce-webhooks-${name}`;
        this.roleArn = `arn:aws:iam::111111111111:role/${this.#roleName}`;
    }

    async makeQueue(QueueName: string): Promise<{ readonly arn: string; readonly url: string }> {
        const Attributes = { VisibilityTimeout: "5" };
        const { QueueUrl = "" } = await this.#sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
        return { arn: arn("sqs", QueueName), url: QueueUrl };
    }

    /** @returns its ARN */
    async makeBus(Name: string, into: { readonly arn: string }): Promise<string> {
        await this.#events.send(new CreateEventBusCommand({ Name }));
        const EventPattern = JSON.stringify({ source: ["commerce.webhooks"] });
        await this.#events.send(new PutRuleCommand({ EventBusName: Name, Name: "all", EventPattern }));
        const Targets = [{ Id: "queue", Arn: into.arn }];
        await this.#events.send(new PutTargetsCommand({ EventBusName: Name, Rule: "all", Targets }));
        return arn("events", `event-bus/${Name}`);
    }

    /** Makes the role, which trusts these endpoints, and may put events into these queues and buses. */
    async trust(endpointIds: readonly string[], Resource: readonly string[]): Promise<void> {
        const trusted = statement("sts:AssumeRole", {
            Principal: { AWS: "000000000000" },
            Condition: { StringEquals: { "sts:ExternalId": endpointIds } },
        });
        const mayPut = statement(["sqs:SendMessage", "events:PutEvents"], { Resource });
        const RoleName = this.#roleName;
        await this.#iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: policy(trusted) }));
        await this.#iam.send(
            new PutRolePolicyCommand({ RoleName, PolicyName: "send", PolicyDocument: policy(mayPut) }),
        );
    }

    /** Takes what has come to a queue. @param keep gets it before it is deleted there */
    async take(QueueUrl: string, keep: (arrivals: readonly Arrival[]) => void): Promise<void> {
        const { Messages = [] } = await this.#sqs.send(
            new ReceiveMessageCommand({
                QueueUrl,
                MaxNumberOfMessages: 10,
                WaitTimeSeconds: 1,
                MessageAttributeNames: ["All"],
            }),
        );
        if (Messages.length === 0) return;
        keep(
            Messages.map(({ Body = "", MessageAttributes: attributes }) => {
                const { detail } = JSON.parse(Body);
                if (detail !== undefined) return { id: String(detail.id), body: JSON.stringify(detail) };
                return { id: attributes?.["webhook-id"]?.StringValue ?? "", body: Body };
            }),
        );
        const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
        await this.#sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }

    close(): void {
        for (const client of [this.#iam, this.#events, this.#sqs]) client.destroy();
    }
}
