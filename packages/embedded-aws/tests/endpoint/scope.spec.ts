import { expect } from "chai";
import { credentialScope } from "../../src/endpoint/scope.ts";

const none = new URLSearchParams();

describe("The credential scope of a request", () => {
    it("is read from the header, whatever the spacing", () => {
        const scope = { accessKeyId: "local", region: "eu-west-1", service: "sqs" };
        for (const header of [
            "AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/sqs/aws4_request, SignedHeaders=host, Signature=0",
            "AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/sqs/aws4_request,SignedHeaders=host,Signature=0",
            "AWS4-HMAC-SHA256 SignedHeaders=host, Credential=local/20260101/eu-west-1/sqs/aws4_request, Signature=0",
        ]) {
            expect(credentialScope(header, none)).to.deep.equal(scope);
        }
    });

    it("is read from the query of a presigned address", () => {
        const query = new URLSearchParams("X-Amz-Credential=key%2F20260101%2Feu-west-1%2Fs3%2Faws4_request");
        expect(credentialScope(undefined, query)).to.deep.equal({
            accessKeyId: "key",
            region: "eu-west-1",
            service: "s3",
        });
    });

    it("is missing from a request that is not signed so", () => {
        for (const header of [undefined, "", "Bearer token", "AWS4-HMAC-SHA256 Credential=local"]) {
            expect(credentialScope(header, none)).to.equal(undefined);
        }
    });
});
