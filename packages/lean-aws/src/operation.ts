/** What is particular to an operation of a service that speaks JSON. */
export interface Operation {
    /** `SendMessage` */
    readonly name: string;
    /** The member of the input that makes repetitions recognisable; gets a UUID where the caller gives none. */
    readonly token?: string;
    /** Members of the output that are times, which JSON has as seconds since 1970. */
    readonly times?: readonly string[];
    /** Members of the output that are bytes, which JSON has as Base64. */
    readonly bytes?: readonly string[];
    /** Whether the output has DynamoDB's attribute values, which may be bytes. */
    readonly attributes?: true;
    /** Checks what the service answers; throws. */
    check?(input: object, output: object): void;
}

/** What is sent; the classes that extend it have the SDK's names. */
export abstract class Command<Input extends object> {
    abstract readonly operation: Operation;
    readonly input: Input;

    constructor(input: Input) {
        this.input = input;
    }
}
