import { isIPv6 } from "node:net";
import ipaddr from "ipaddr.js";
import { type HttpRequest, header } from "../../shared/http.ts";
import type { UcpSettings } from "./settings.ts";

/**
 * Where a request comes from: an address of IPv4, or a network of IPv6, in which everyone has as many addresses as he
 * likes. API Gateway writes the address that called it at the end of `X-Forwarded-For`, and CloudFront the caller's before
 * that; all before is the caller's own invention.
 */
export function sourceOf(request: HttpRequest, { isDistributed }: Pick<UcpSettings, "isDistributed">): string {
    const { sourceIp } = request.requestContext.http;
    const forwarded = isDistributed ? header(request, "x-forwarded-for")?.split(",").at(-2)?.trim() : undefined;
    const address = forwarded !== undefined && ipaddr.isValid(forwarded) ? forwarded : sourceIp;
    if (!isIPv6(address)) return address;
    const parsed = ipaddr.IPv6.parse(address);
    if (parsed.isIPv4MappedAddress()) return parsed.toIPv4Address().toString();
    return ipaddr.IPv6.networkAddressFromCIDR(`${address.replace(/%.*$/, "")}/64`).toString();
}
