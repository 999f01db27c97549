/** Who makes a call: the person at the machine, a function's role, or a service acting for one of its resources. */
export type Principal =
    /** @param account @default the program's, which may do everything everywhere */
    | { readonly kind: "administrator"; readonly account?: string }
    | { readonly kind: "role"; readonly roleArn: string; readonly session: string }
    /** `sourceArn` is absent where the service does not name the resource it acts for. */
    | { readonly kind: "service"; readonly service: string; readonly sourceArn?: string };

/** Who it is, in one readable word. */
export function callerName(caller: Principal): string {
    switch (caller.kind) {
        case "administrator":
            return "administrator";
        case "role":
            return caller.session;
        case "service":
            return caller.service;
    }
}

/** A parsed IAM policy document: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export interface PolicyDocument {
    readonly Version?: string;
    readonly Id?: string;
    readonly Statement: Statement | readonly Statement[];
}

export interface Statement {
    readonly Sid?: string;
    readonly Effect: "Allow" | "Deny";
    readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
    readonly NotPrincipal?: "*" | Readonly<Record<string, string | readonly string[]>>;
    readonly Action?: string | readonly string[];
    readonly NotAction?: string | readonly string[];
    readonly Resource?: string | readonly string[];
    readonly NotResource?: string | readonly string[];
    readonly Condition?: Readonly<
        Record<string, Readonly<Record<string, string | boolean | number | readonly string[]>>>
    >;
}

/** An action of a principal on a resource. */
export interface AccessRequest {
    readonly principal: Principal;
    /** `sqs:SendMessage` */
    readonly action: string;
    /** ARN, or `*` for an action that knows no resource. */
    readonly resource: string;
    /** Condition keys beyond those that follow from the principal (aws:SourceArn, aws:PrincipalArn, aws:SourceAccount). */
    readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

export type Decision =
    | { readonly allowed: true }
    /** `reason` as AWS words it: "… is not authorized to perform: sqs:SendMessage on resource: … because no identity-based policy allows the sqs:SendMessage action" */
    | { readonly allowed: false; readonly reason: string };

export interface Credentials {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
}
