import { type AwsCall, AwsError } from "../aws/call.ts";
import { queueUrl } from "../aws/service.ts";
import type { Principal } from "../identity/principal.ts";
import type { InvocationRecord } from "./asynchronous.ts";

/**
 * Sends the record of an asynchronous invocation to its destination, with the rights of the function's role:
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export async function sendRecord(
    call: AwsCall,
    roleArn: string,
    functionArn: string,
    destinationArn: string,
    record: InvocationRecord,
): Promise<void> {
    const role: Principal = { kind: "role", roleArn, session: functionArn.split(":").at(-1) ?? functionArn };
    const text = JSON.stringify(record);
    const [, , service] = destinationArn.split(":");
    switch (service) {
        case "sqs": {
            const QueueUrl = queueUrl("http://127.0.0.1", destinationArn);
            await call(role, "sqs", "SendMessage", { QueueUrl, MessageBody: text });
            return;
        }
        case "sns":
            await call(role, "sns", "Publish", { TopicArn: destinationArn, Message: text });
            return;
        case "lambda":
            await call(role, "lambda", "Invoke", {
                FunctionName: destinationArn,
                InvocationType: "Event",
                Payload: text,
            });
            return;
        case "events": {
            const outcome = record.requestContext.condition === "Success" ? "Success" : "Failure";
            const entry = {
                EventBusName: destinationArn,
                Source: "lambda",
                DetailType: `Lambda Function Invocation Result - ${outcome}`,
                Resources: [destinationArn, functionArn],
                Detail: text,
            };
            await call(role, "events", "PutEvents", { Entries: [entry] });
            return;
        }
        default:
            throw new AwsError("InvalidParameterValueException", `${destinationArn} cannot be a destination.`);
    }
}
