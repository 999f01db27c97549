import { mock } from "node:test";
import { setImmediate } from "node:timers/promises";
import { PublishCommand, SNSClient, SNSServiceException } from "@aws-sdk/client-sns";
import { expect } from "chai";
import { Circuit, CircuitOpenError } from "../../runtime/webhookFanout/messages/circuit.ts";
import { Refusal } from "./support/aws.ts";
import { startedAws } from "./support/started.ts";

const failing = () => Promise.reject(new Error("down"));
const outcomeOf = (result: Promise<unknown>) => result.catch((error: unknown) => error);

describe("the circuit", () => {
    describe("before a topic that fails", () => {
        const aws = startedAws();
        let sns: SNSClient;
        let circuit: Circuit;
        const publish = () =>
            outcomeOf(
                circuit.run(() => sns.send(new PublishCommand({ TopicArn: "arn:aws:sns:a:b:c", Message: "{}" }))),
            );
        const asked = () => aws.inputs("Publish").length;
        const breakTopic = () => aws.answers("Publish", () => new Refusal("InternalError", 500));
        const openCircuit = async () => {
            breakTopic();
            await publish();
            await publish();
        };

        beforeEach(() => {
            mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-11-20T10:00:00Z") });
            const credentials = { accessKeyId: "a", secretAccessKey: "b" };
            sns = new SNSClient({ endpoint: aws.url, region: "eu-west-1", credentials, maxAttempts: 1 });
            circuit = new Circuit(() => true);
        });
        afterEach(() => {
            sns.destroy();
            mock.timers.reset();
        });

        it("opens at the fifth failure in a row and calls no topic for ten seconds, and gives the seconds that are left", async () => {
            await openCircuit();
            expect(asked()).to.equal(5);

            mock.timers.tick(3_500);
            expect(await publish()).to.include({ retryAfter: 7 });
            mock.timers.tick(6_499);
            const refused = await publish();

            expect(asked()).to.equal(5);
            expect(refused).to.be.instanceOf(CircuitOpenError).and.to.include({ retryAfter: 1 });
            expect(refused).to.have.property("cause").that.is.instanceOf(SNSServiceException);
        });

        it("closes after one success, and counts from nothing again", async () => {
            await openCircuit();
            mock.timers.tick(10_000);
            aws.answers("Publish", () => undefined);

            expect(await publish()).to.include({ MessageId: "m-1" });
            expect(asked()).to.equal(6);

            breakTopic();
            expect(await publish()).to.be.instanceOf(SNSServiceException);
            expect(asked()).to.equal(9);
        });

        it("stays open for another ten seconds when the one try fails, too", async () => {
            await openCircuit();
            mock.timers.tick(10_000);

            expect(await publish()).to.be.instanceOf(CircuitOpenError);
            expect(asked()).to.equal(6);

            mock.timers.tick(9_999);
            expect(await publish()).to.include({ retryAfter: 1 });
            expect(asked()).to.equal(6);
        });

        it("does not open while a success stands between the failures", async () => {
            for (let round = 0; round < 4; round += 1) {
                breakTopic();
                expect(await publish()).to.be.instanceOf(SNSServiceException);
                aws.answers("Publish", () => undefined);
                expect(await publish()).to.include({ MessageId: "m-1" });
            }
        });
    });

    describe("between the tries", () => {
        beforeEach(() => {
            mock.timers.enable({ apis: ["setTimeout", "Date"] });
        });
        afterEach(() => {
            mock.timers.reset();
            mock.restoreAll();
        });

        /** Whether the next try comes exactly after so many milliseconds. */
        async function triedAfter(tries: { count: number }, ms: number): Promise<void> {
            const { count } = tries;
            if (ms > 0) {
                mock.timers.tick(ms - 1);
                await setImmediate();
                expect(tries.count, `before ${ms} ms`).to.equal(count);
                mock.timers.tick(1);
            }
            await setImmediate();
            expect(tries.count, `after ${ms} ms`).to.equal(count + 1);
        }

        for (const [chance, first, second] of [
            [0.999, 99, 199],
            [0.5, 50, 100],
            [0.01, 1, 2],
        ] as const) {
            it(`pauses for a random part of a time that doubles: ${first} and ${second} ms by ${chance}`, async () => {
                mock.method(Math, "random", () => chance);
                const tries = { count: 0 };
                const running = outcomeOf(
                    new Circuit(() => true).run(() => {
                        tries.count += 1;
                        return failing();
                    }),
                );
                await setImmediate();
                expect(tries.count).to.equal(1);

                await triedAfter(tries, first);
                await triedAfter(tries, second);

                expect(await running).to.have.property("message", "down");
                expect(tries.count).to.equal(3);
            });
        }
    });

    it("neither retries nor counts an error that a retry cannot cure", async () => {
        const circuit = new Circuit(() => false);
        let tries = 0;
        for (let call = 1; call <= 20; call += 1) {
            const outcome = await outcomeOf(
                circuit.run(() => {
                    tries += 1;
                    return failing();
                }),
            );
            expect(outcome).to.have.property("message", "down");
            expect(tries).to.equal(call);
        }
    });
});
