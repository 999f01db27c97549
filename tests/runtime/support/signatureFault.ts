import { type SignatureFault, signedBy } from "../../../runtime/shared/signing/verify.ts";

/** What is wrong with a message's signature; undefined if it is good. */
export function signatureFault(...[message, verification]: Parameters<typeof signedBy>): SignatureFault | undefined {
    const signed = signedBy(message, verification);
    return "code" in signed ? signed : undefined;
}
