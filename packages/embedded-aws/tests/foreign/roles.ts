import * as aws from "@pulumi/aws";

const assumeRolePolicy = aws.iam
    .getPolicyDocument({
        statements: [
            {
                actions: ["sts:AssumeRole"],
                principals: [{ type: "Service", identifiers: ["lambda.amazonaws.com"] }],
            },
        ],
    })
    .then((document) => document.json);

/** A role that functions take on. */
export function createRole(name: string, args: Partial<aws.iam.RoleArgs> = {}): aws.iam.Role {
    return new aws.iam.Role(name, { assumeRolePolicy, ...args });
}
