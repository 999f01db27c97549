import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { settingsIn } from "./read.ts";
import type { StackSettings } from "./schema.ts";

/** The settings of one stack, and the region that is being built. */
export interface Settings extends StackSettings {
    /** The stack's name. */
    readonly environment: string;
    readonly region: string;
}

/** A stack file says something that the program cannot or must not follow. The message says what to set. */
export class SettingsError extends pulumi.RunError {
    override readonly name = "SettingsError";
}

/** Reads the stack's settings; throws SettingsError with every error at once. */
export function readSettings(config = new pulumi.Config(), environment = pulumi.getStack()): Settings {
    const region = aws.config.region ?? "";
    const values = pulumi.runtime.allConfig();
    const { settings, errors, warnings } = settingsIn({ project: config.name, environment, region, values });
    for (const warning of warnings) void pulumi.log.warn(warning);
    if (errors.length > 0) {
        throw new SettingsError(
            `the settings of stack ${environment} cannot be used (npx pulumi config set --path '${config.name}:<setting>' <value> -s ${environment}):\n` +
                errors.map((error) => `  - ${error}`).join("\n"),
        );
    }
    return { ...settings, environment, region };
}

/**
 * The value of `alarms.pagerDuty`, if the stack has one. It does not travel with the other settings, which lie open in the
 * state of a stack.
 */
export const pagerDutySetting = (config = new pulumi.Config()): pulumi.Output<string> | undefined => {
    const isSet = config.getObject<{ readonly pagerDuty?: string }>("alarms")?.pagerDuty !== undefined;
    const alarms = config.getSecretObject<{ readonly pagerDuty: string }>("alarms");
    return isSet ? alarms?.apply(({ pagerDuty }) => pagerDuty) : undefined;
};

/** The tags on every resource. */
export const tagsOf = ({ tags, environment }: Settings): Record<string, string> => ({
    ...tags,
    Environment: environment,
    ManagedBy: "Pulumi",
});
