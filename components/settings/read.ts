import { contradictions } from "./contradictions.ts";
import { refusals } from "./refusals.ts";
import { renamed } from "./renamed.ts";
import { groups, leaves, type StackSettings } from "./schema.ts";
import { nearestOf, unknownName, validate } from "./validate.ts";

/** Where the settings come from, as Pulumi's engine passes them. */
interface Configuration {
    readonly project: string;
    /** The stack's name. */
    readonly environment: string;
    /** Region of the stack's resources. @default "" */
    readonly region?: string;
    /** `commerce:orders` → JSON text. */
    readonly values: Readonly<Record<string, string>>;
}

interface Reading {
    readonly settings: StackSettings;
    /** Each with the path and what to set. With an error the settings are the defaults. */
    readonly errors: readonly string[];
    readonly warnings: readonly string[];
}

/** Whether a stack is production: `prod`, `production`, `prod-eu`. In doubt it is: that only asks for more safety. */
export const isProduction = ({ environment }: { readonly environment: string }): boolean =>
    environment.startsWith("prod");

/** Reads the settings of a stack, without Pulumi's runtime: the operators' commands read them, too. */
export function settingsIn(configuration: Configuration): Reading {
    const { project, environment, region = "", values } = configuration;
    const errors: string[] = [];
    const own: Record<string, unknown> = {};
    for (const [key, text] of Object.entries(values)) {
        const [namespace, name = ""] = key.split(":");
        if (namespace !== project) continue;
        const value = parsed(text);
        const isGroup = Object.hasOwn(groups, name);
        const now = Object.hasOwn(renamed, name) ? renamed[name] : undefined;
        if (now !== undefined && (!isGroup || typeof value !== "object")) errors.push(`${name} is now ${now}`);
        else if (isGroup) own[name] = value;
        // Pulumi's command without --path writes the whole path as one key.
        else if (
            leaves.some(({ path }) => name === path || name.startsWith(`${path}.`) || name.startsWith(`${path}[`))
        ) {
            errors.push(`${key} is written as one key: remove it, and set it with --path`);
        } else errors.push(unknownName("", name, Object.keys(groups)));
    }
    const validation = validate(own, isProduction({ environment }));
    errors.push(...validation.errors);
    if (!/^[a-z][a-z0-9-]{0,15}$/.test(environment)) {
        errors.push(
            `the stack is called ${environment}: names of resources end in it, so use up to 16 of a-z, 0-9 and -`,
        );
    }
    const settings = settingsOf(validation.settings ?? defaults, environment);
    if (errors.length === 0) {
        errors.push(...contradictions(settings, { environment, region }));
        if (isProduction({ environment })) errors.push(...refusals(settings, environment));
    }
    return { settings, errors, warnings: [...unknownNamespaces(configuration)] };
}

/** Maps and lists arrive as JSON. */
function parsed(text: string): unknown {
    try {
        const value: unknown = JSON.parse(text);
        return typeof value === "object" ? value : text;
    } catch {
        return text;
    }
}

const secretLeaves = leaves.filter(({ schema }) => schema["x-secret"] === true).map(({ path }) => path);

const defaults = defaultSettings();

function defaultSettings(): StackSettings {
    const { settings, errors } = validate({}, false);
    if (settings === undefined) throw new Error(`defaults of spec/settings.schema.json: ${errors.join(", ")}`);
    return settings;
}

/**
 * Without secrets, which reach their users as secret Outputs: what is here lies open in the state of a stack. A stack that
 * is about to be destroyed has no deletion protection (docs/operations/deploy.md, "Delete a stack").
 */
function settingsOf(validated: StackSettings, environment: string): StackSettings {
    const settings = structuredClone(validated);
    for (const path of secretLeaves) {
        const [group = "", name = ""] = path.split(".");
        const members: unknown = Reflect.get(settings, group);
        if (typeof members === "object" && members !== null) Reflect.deleteProperty(members, name);
    }
    const { deployment } = settings;
    return deployment.takeDown === environment
        ? { ...settings, deployment: { ...deployment, deletionProtection: false } }
        : settings;
}

/** Pulumi ignores what belongs to no package. */
function* unknownNamespaces({ project, values }: Configuration): Generator<string> {
    const known = [project, "aws", "awsx", "pulumi"];
    for (const key of Object.keys(values)) {
        const [namespace = ""] = key.split(":");
        if (known.includes(namespace)) continue;
        const nearest = nearestOf(namespace, known);
        const meant = nearest === undefined ? "" : `, did you mean ${nearest}?`;
        yield `${key} is used by no package of this program${meant}`;
    }
}
