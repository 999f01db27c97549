/** Something that is to be measured is not there or does not work; the message is all there is to know. */
export class BenchError extends Error {
    override readonly name = "BenchError";
}
