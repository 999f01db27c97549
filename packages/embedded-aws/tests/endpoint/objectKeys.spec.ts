import { expect } from "chai";
import { AwsError } from "../../src/aws/call.ts";
import { objectRequest } from "../../src/endpoint/objectRequest.ts";

function codeOf(url: string, copySource?: string): string | undefined {
    try {
        objectRequest("PUT", url, "127.0.0.1:4566", copySource);
        return undefined;
    } catch (error) {
        return error instanceof AwsError ? error.code : String(error);
    }
}

describe("keys of objects", () => {
    for (const place of [
        "photos/../secret",
        "photos/../../secret",
        "photos/a/../../../secret",
        "photos/%2e%2e/secret",
        "photos/..%2Fsecret",
        "photos/a%2F..%2F..%2Fsecret",
        "photos/..",
        "photos/a%3F/../../../secret",
        "../photos/secret",
        "%2e%2e/photos/secret",
        "_fauxqs/queues/orders",
        "%5Ffauxqs/queues/orders",
    ]) {
        it(`do not leave their bucket: ${place}`, () => {
            expect(codeOf(`/${place}`)).to.be.oneOf(["InvalidURI", "InvalidBucketName"]);
            for (const source of [place, `/${place}`, `/${place}?versionId=1`]) {
                expect(codeOf("/photos/copy", source), source).to.be.oneOf(["InvalidURI", "InvalidBucketName"]);
            }
        });
    }

    for (const place of ["photos", "photos/", "photos/a/../b", "photos/a..b", "photos/%252e%252e/x", "photos/a//b"]) {
        it(`may be ${place}`, () => {
            expect(codeOf(`/${place}`)).to.equal(undefined);
            expect(codeOf("/photos/copy", `/${place}`)).to.equal(undefined);
        });
    }
});
