type Inputs = Readonly<Record<string, unknown>>;

/** The document that `aws.iam.getPolicyDocument` makes of its statements and of other documents. */
export function policyDocument(inputs: Inputs): Inputs {
    const documents = (key: string) => textsIn(inputs[key]).flatMap((text) => statementsOf(JSON.parse(text)));
    const Statement: Inputs[] = [];
    const all = [
        ...documents("sourcePolicyDocuments"),
        ...recordsIn(inputs["statements"]).map(statementOf),
        ...documents("overridePolicyDocuments"),
    ];
    for (const statement of all) {
        const { Sid } = statement;
        const same = Sid === undefined || Sid === "" ? -1 : Statement.findIndex((one) => one["Sid"] === Sid);
        if (same === -1) Statement.push(statement);
        else Statement[same] = statement;
    }
    const Id = inputs["policyId"];
    return { Version: inputs["version"] ?? "2012-10-17", ...(Id !== undefined && { Id }), Statement };
}

function statementsOf(document: unknown): Inputs[] {
    const [{ Statement } = {}] = recordsIn([document]);
    return recordsIn(Array.isArray(Statement) ? Statement : [Statement]);
}

function statementOf(statement: Inputs): Inputs {
    const { sid, effect = "Allow", conditions } = statement;
    const Condition: Record<string, Record<string, unknown>> = {};
    for (const { test, variable, values } of recordsIn(conditions)) {
        const operator = String(test);
        Condition[operator] = { ...Condition[operator], [String(variable)]: oneOrAll(values) };
    }
    return {
        ...(sid !== undefined && { Sid: sid }),
        Effect: effect,
        ...present("Principal", principalsOf(statement["principals"])),
        ...present("NotPrincipal", principalsOf(statement["notPrincipals"])),
        ...present("Action", oneOrAll(statement["actions"])),
        ...present("NotAction", oneOrAll(statement["notActions"])),
        ...present("Resource", oneOrAll(statement["resources"])),
        ...present("NotResource", oneOrAll(statement["notResources"])),
        ...(Object.keys(Condition).length > 0 && { Condition }),
    };
}

function principalsOf(value: unknown): unknown {
    const byType: Record<string, string[]> = {};
    for (const { type, identifiers } of recordsIn(value)) {
        if (type === "*") return "*";
        byType[String(type)] = [...(byType[String(type)] ?? []), ...textsIn(identifiers)];
    }
    const entries = Object.entries(byType);
    return entries.length === 0
        ? undefined
        : Object.fromEntries(entries.map(([type, names]) => [type, oneOrAll(names)]));
}

const present = (key: string, value: unknown): Inputs => (value === undefined ? {} : { [key]: value });

/** IAM, and the provider, write a list of one as the one. */
function oneOrAll(value: unknown): unknown {
    const texts = textsIn(value);
    return texts.length > 1 ? texts : texts[0];
}

const textsIn = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

const recordsIn = (value: unknown): Inputs[] =>
    Array.isArray(value) ? value.filter((one) => typeof one === "object" && one !== null) : [];
