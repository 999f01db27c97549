// Made by `npm run generate` from spec/messages.openapi.yaml. Do not edit.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description API Gateway's own response. */
        readonly Refused: {
            readonly message: string;
        };
        readonly NewMessage: {
            readonly messageType: components["schemas"]["MessageType"];
            /** @description The content, nested at most 32 levels deep. */
            readonly message: {
                readonly [key: string]: unknown;
            };
        };
        /** @description Type of the message, by which subscribers filter. */
        readonly MessageType: string;
        readonly Publication: {
            /** @description Id of the message, the same for all subscribers. */
            readonly messageId: string;
            readonly correlationId: string;
            /**
             * @description JSON pointers (RFC 6901) to members of `message` that are removed, or of which a part is; of a pointer
             *     of more than 200 characters, to the nearest place around.
             */
            readonly removed?: readonly string[];
            /** @description Members besides, which `removed` does not name. */
            readonly moreRemoved?: number;
        };
        /** @description Problem details, RFC 9457. */
        readonly Problem: {
            /** Format: uri-reference */
            readonly type: string;
            readonly title: string;
            readonly status: number;
            readonly detail: string;
            /** Format: uri-reference */
            readonly instance: string;
            readonly correlationId: string;
            readonly errors?: readonly {
                /** @description JSON pointer (RFC 6901) to the invalid value; empty for the whole body. */
                readonly pointer: string;
                readonly detail: string;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
