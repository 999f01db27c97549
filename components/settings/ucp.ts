import type { UcpSettings } from "../../runtime/checkoutSessions/ucp/settings.ts";
import type { StackSettings } from "./schema.ts";

type Ucp = NonNullable<StackSettings["checkout"]["ucp"]>;

/** What the merchant has decided about UCP, for the callbacks' variable UCP. */
export const ucpOf = (
    { trust, versions, continueUrl, platforms }: Ucp,
    { firewall }: Pick<StackSettings["api"], "firewall">,
): UcpSettings => ({
    trust,
    versions: [...versions].sort().reverse(),
    ...(continueUrl !== undefined && { continueUrl }),
    platforms: platforms.map(({ document, ...platform }) => ({ ...platform, ...(document && { isPinned: true }) })),
    ...(firewall && { isDistributed: true }),
});

/** What the component takes of the settings. */
export const ucpArgsOf = (ucp: Ucp, api: Pick<StackSettings["api"], "firewall">) => ({
    settings: ucpOf(ucp, api),
    pinned: pinnedIn(ucp),
    signingKeys: ucp.signingKeys,
});

/** Profiles that are in the settings, by their URLs in the form that callbacks look them up by. */
const pinnedIn = ({ platforms }: Ucp): Readonly<Record<string, string>> =>
    Object.fromEntries(
        platforms.flatMap(({ profile, document }) =>
            document === undefined ? [] : [[new URL(profile).href, JSON.stringify(document)]],
        ),
    );

/** Values that are valid alone and not together. */
export function* ucpContradictions(
    { platforms, signingKeys }: Ucp,
    allowedAddresses: readonly string[],
): Generator<string> {
    for (const [index, { profile, document, webhookUrl = "https:" }] of platforms.entries()) {
        if (!webhookUrl.startsWith("https:") && allowedAddresses.length === 0)
            yield `checkout.ucp.platforms[${index}].webhookUrl is ${JSON.stringify(webhookUrl)}: set an https URL`;
        const path = `checkout.ucp.platforms[${index}].profile`;
        if (!URL.canParse(profile)) yield `${path} is ${JSON.stringify(profile)}: set a URL`;
        else if (document === undefined && !isFetchable(new URL(profile))) {
            yield `${path} is ${JSON.stringify(profile)}, from which no profile is fetched: set an https URL at port 443, or the profile itself in document`;
        }
    }
    const profiles = platforms.map(({ profile }) => (URL.canParse(profile) ? new URL(profile).href : profile));
    const twice = profiles.find((profile, index) => profiles.indexOf(profile) !== index);
    if (twice !== undefined) yield `checkout.ucp.platforms has ${JSON.stringify(twice)} twice: set it once`;
    if (new Set(signingKeys).size !== signingKeys.length)
        yield "checkout.ucp.signingKeys has a name twice: set it once";
}

const isFetchable = ({ protocol, port, username, hash }: URL): boolean =>
    protocol === "https:" && port === "" && username === "" && hash === "";
