import type { Authorization, HttpApi } from "./parts/httpApi.ts";
import type { Settings } from "./settings/settings.ts";

/** Which callers may send and read orders, and publish messages. */
export function callersOf({ orders }: Settings, api: HttpApi, keyed: Authorization): Authorization {
    switch (orders.authentication) {
        case "none":
            return { type: "NONE" };
        case "iam":
            return { type: "AWS_IAM" };
        case "jwt":
            return api.jwt({ issuer: orders.jwt?.issuer ?? "", audiences: orders.jwt?.audience ?? [] });
        case "apiKey":
            return keyed;
    }
}
