import { lookup } from "node:dns";
import { lookup as lookupAll } from "node:dns/promises";
import { Agent as HttpAgent } from "node:http";
import { type AgentOptions, Agent as HttpsAgent } from "node:https";
import { isIP, type LookupFunction, Socket } from "node:net";
import ipaddr from "ipaddr.js";

/** Allowed addresses that are not public, also over plain HTTP. Empty in production. */
export type Allowed = readonly string[];

/** @param list `127.0.0.1,::1` */
export const allowedFrom = (list: string): Allowed => list.split(",").filter((address) => address !== "");

/** All addresses of a name. Rejects if there are none. */
export type Resolve = (name: string) => Promise<readonly { readonly address: string }[]>;

interface DestinationRules {
    readonly allow: Allowed;
    /** @default the operating system's */
    readonly resolve?: Resolve;
}

/**
 * Explains to the client why an endpoint must not have this URL; undefined if it is valid. Since a name may resolve to
 * other addresses later, `agentsFor` checks the address of each connection again.
 */
export async function addressProblem(
    url: string,
    { allow, resolve = resolveAll }: DestinationRules,
): Promise<string | undefined> {
    const problem = formProblem(url, allow);
    if (problem !== undefined) return problem;
    const { protocol, hostname } = new URL(url);
    const host = bare(hostname);
    const addresses = isIP(host) === 0 ? await resolve(host).catch(() => []) : [{ address: host }];
    if (addresses.length > 0 && addresses.every(({ address }) => isReachable(address, protocol, allow)))
        return undefined;
    return isIP(host) === 0 ? notPublicName(host) : notPublicAddress(host);
}

/** The same text for a name that does not resolve, so that clients cannot probe internal names. */
export const notPublicName = (name: string) => `the name ${name} does not resolve to public addresses only`;
const notPublicAddress = (address: string) => `the address ${address} is not public`;

const resolveAll: Resolve = (name) => lookupAll(name, { all: true });

/** Checks the URL without resolving its name. */
export function formProblem(url: string, allow: Allowed): string | undefined {
    if (!URL.canParse(url)) return "it is not a URL";
    const { protocol, username, password, port } = new URL(url);
    if (protocol !== "https:" && !(protocol === "http:" && allow.length > 0)) return "the scheme must be https";
    if (username !== "" || password !== "") return "it must not contain a user name or password";
    if (port !== "" && Number(port) < 1024) return `the port ${port} is not allowed: use 443 or one from 1024`;
    return undefined;
}

/** Plain HTTP is allowed for allowed addresses only. */
function isReachable(address: string, protocol: string, allow: Allowed): boolean {
    return allow.includes(address) || (protocol === "https:" && isPublic(address));
}

/** Not in a special range, and no embedded address (IPv4-mapped, NAT64, 6to4). */
export function isPublic(address: string): boolean {
    if (!ipaddr.isValid(address)) return false;
    const parsed = ipaddr.parse(address);
    return (
        parsed.range() === "unicast" && !beyondIpv6.some((range) => parsed.kind() === "ipv6" && matches(parsed, range))
    );
}

/** Global unicast is 2000::/3; the rest is unassigned (RFC 4291). */
const beyondIpv6 = ["::/3", "4000::/2", "8000::/1"] as const;

const matches = (address: ipaddr.IPv4 | ipaddr.IPv6, range: string) => address.match(ipaddr.parseCIDR(range));

/** A client certificate; `lookup` and `ca` are for tests. */
export type Connections = Pick<AgentOptions, "lookup" | "ca" | "cert" | "key">;

export interface Agents {
    readonly "http:": HttpAgent;
    readonly "https:": HttpsAgent;
}

/**
 * Agents that check the address of each connection. Prevents DNS rebinding: a name that resolves to a public address
 * when it is validated and to a private one when it is used.
 */
export function agentsFor(allow: Allowed, connections: Connections = {}): Agents {
    const options = { keepAlive: true, ...connections };
    return {
        "http:": guarded(new HttpAgent(options), (address) => isReachable(address, "http:", allow)),
        "https:": guarded(new HttpsAgent(options), (address) => isReachable(address, "https:", allow)),
    };
}

/** The address is not allowed. Clients see the message, so it does not contain the address of a name. */
export class AddressRefusedError extends Error {
    override readonly name = "AddressRefusedError";
}

/** Makes the agent fail with AddressRefusedError for an address that is not allowed. */
function guarded<Guarded extends HttpAgent>(agent: Guarded, mayDial: (address: string) => boolean): Guarded {
    const connect = agent.createConnection.bind(agent);
    agent.createConnection = (options, done) => {
        const host = options.host ?? "localhost";
        if (isIP(host) !== 0 && !mayDial(host)) {
            done?.(new AddressRefusedError(notPublicAddress(host)), new Socket());
            return undefined;
        }
        const resolve: LookupFunction = "lookup" in options && options.lookup ? options.lookup : lookup;
        const guardedLookup: LookupFunction = (name, wanted, found) =>
            resolve(name, wanted, (error, address, family) => {
                const addresses = typeof address === "string" ? [{ address }] : (address ?? []);
                const isRefused = error === null && !addresses.every((each) => mayDial(each.address));
                found(isRefused ? new AddressRefusedError(notPublicName(name)) : error, address, family);
            });
        return connect({ ...options, lookup: guardedLookup } as typeof options, done);
    };
    return agent;
}

/** `[::1]` → `::1` */
export const bare = (hostname: string) => hostname.replace(/^\[(.*)\]$/, "$1");
