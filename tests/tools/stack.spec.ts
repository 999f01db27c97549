import { expect } from "chai";
import { adviceOn, UnreachableError } from "../../tools/operator/command.ts";
import { Stack } from "../../tools/operator/stack.ts";

describe("The stack that operators' commands use", () => {
    it("is the embedded cloud, unless an environment or an endpoint is named", async () => {
        const endpointOf = async (stack: Stack) => {
            const { hostname, port } = (await stack.sqs.config.endpoint?.()) ?? { hostname: "AWS", port: "" };
            return `${hostname}:${port}`;
        };
        const embedded = new Stack({}, { LOCAL_AWS_PORT: "4999" });
        expect(await endpointOf(embedded)).to.equal("127.0.0.1:4999");
        expect(await embedded.sqs.config.credentials()).to.include({ accessKeyId: "local" });
        expect(embedded).to.include({ environment: "dev", region: "eu-west-1" });
        expect(embedded.tags).to.deep.equal({ Environment: "dev", Project: "OrderProcessing" });
        expect(embedded.named("orders")).to.equal("orders-dev");

        expect(await endpointOf(new Stack({ env: "prod" }, {}))).to.equal("AWS:");
        const elsewhere = new Stack({ env: "prod", region: "us-east-1" }, { AWS_ENDPOINT_URL: "http://10.0.0.1:1" });
        expect(await endpointOf(elsewhere)).to.equal("10.0.0.1:1");
        expect(elsewhere).to.include({ environment: "prod", region: "us-east-1" });
        expect(() => new Stack({ env: "nowhere" }, {})).to.throw("there is no stack nowhere");
    });

    const refusedAt = (address: string) =>
        Object.assign(new Error(`connect ECONNREFUSED ${address}`), { code: "ECONNREFUSED" });
    const faults: readonly [what: string, error: Error, advice: RegExp][] = [
        ["no cloud", refusedAt("127.0.0.1:4566"), /at 127\.0\.0\.1:4566: .*npm start/],
        [
            "no cloud at any address",
            new AggregateError([refusedAt("::1:4566"), refusedAt("127.0.0.1:4566")]),
            /at ::1:4566: .*npm start/,
        ],
        ["no cloud, below another error", new Error("x", { cause: refusedAt("127.0.0.1:1") }), /at 127\.0\.0\.1:1: /],
        ["no credentials", Object.assign(new Error("x"), { name: "CredentialsProviderError" }), /AWS_PROFILE/],
        ["old credentials", Object.assign(new Error("x"), { name: "ExpiredTokenException" }), /AWS_PROFILE/],
        [
            "too few rights",
            Object.assign(new Error("sqs:ListQueues"), { name: "AccessDeniedException" }),
            /may not.*sqs:ListQueues/,
        ],
        ["no such region", Object.assign(new Error("sqs.nowhere"), { code: "ENOTFOUND" }), /sqs\.nowhere.*region/],
        ["what says it itself", new UnreachableError("do this"), /^do this$/],
        ["anything else", new TypeError("x"), /^TypeError: x$/],
    ];
    for (const [what, error, advice] of faults) {
        it(`is reported with the remedy for ${what}`, () => expect(adviceOn(error)).to.match(advice));
    }
});
