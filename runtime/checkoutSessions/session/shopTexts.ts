import type { Merchant } from "../domain/merchant.ts";
import type { Session } from "../domain/protocol.ts";

/** Pages of the shop. */
export const linksOf = ({ shopUrl }: Merchant): Session["links"] => [
    { type: "terms_of_use", url: `${shopUrl}/terms` },
    { type: "privacy_policy", url: `${shopUrl}/privacy` },
    { type: "return_policy", url: `${shopUrl}/returns` },
];

/** What buyers can agree to. */
export const consentOptions = ({ marketingChannels, name, shopUrl }: Merchant) =>
    marketingChannels.map((channel) => ({
        channel,
        display_text: `News and offers of ${name} by ${channel}`,
        privacy_policy_url: `${shopUrl}/privacy`,
    }));
