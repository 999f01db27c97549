import { lookup } from "node:dns";
import { lookup as lookupAll } from "node:dns/promises";
import { Agent as HttpAgent } from "node:http";
import { type AgentOptions, Agent as HttpsAgent } from "node:https";
import { isIP, type LookupFunction, Socket } from "node:net";
import ipaddr from "ipaddr.js";

/** Addresses that may be sent to although they are not public, over plain HTTP as well. Empty in production. */
export type Allowed = readonly string[];

/** @param list `127.0.0.1,::1` */
export const allowedFrom = (list: string): Allowed => list.split(",").filter((address) => address !== "");

/** All addresses of a name. Rejects when it has none. */
export type Resolve = (name: string) => Promise<readonly { readonly address: string }[]>;

interface DestinationRules {
    readonly allow: Allowed;
    /** @default the operating system's */
    readonly resolve?: Resolve;
}

/**
 * What is wrong with a URL as the place that events are sent to, in words for its owner; undefined when nothing is. Names
 * may resolve to something else later: what counts is the same check of the address that is really dialled
 * (`agentsFor`).
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

/** Says the same of a name that does not resolve: whoever asks learns nothing of the names of our own network. */
const notPublicName = (name: string) => `the name ${name} does not resolve to public addresses alone`;
const notPublicAddress = (address: string) => `the address ${address} is not public`;

const resolveAll: Resolve = (name) => lookupAll(name, { all: true });

/** What is wrong with a URL as it stands, whatever its name resolves to. */
export function formProblem(url: string, allow: Allowed): string | undefined {
    if (!URL.canParse(url)) return "it is not a URL";
    const { protocol, username, password, port } = new URL(url);
    if (protocol !== "https:" && !(protocol === "http:" && allow.length > 0)) return "only https is possible";
    if (username !== "" || password !== "") return "a user name or password has no place in it";
    if (port !== "" && Number(port) < 1024) return `the port ${port} is not possible: 443 or one from 1024 is`;
    return undefined;
}

/** What is not public may be reached where it is allowed; what is not encrypted nowhere else. */
function isReachable(address: string, protocol: string, allow: Allowed): boolean {
    return allow.includes(address) || (protocol === "https:" && isPublic(address));
}

/** Of the internet at large, in no special range and carrying no other address in it (IPv4-mapped, NAT64, 6to4). */
export function isPublic(address: string): boolean {
    if (!ipaddr.isValid(address)) return false;
    const parsed = ipaddr.parse(address);
    return (
        parsed.range() === "unicast" && !beyondIpv6.some((range) => parsed.kind() === "ipv6" && matches(parsed, range))
    );
}

/** Global unicast is 2000::/3; the rest has never been given out (RFC 4291). */
const beyondIpv6 = ["::/3", "4000::/2", "8000::/1"] as const;

const matches = (address: ipaddr.IPv4 | ipaddr.IPv6, range: string) => address.match(ipaddr.parseCIDR(range));

/** How connections are made; for tests. */
export type Connections = Pick<AgentOptions, "lookup" | "ca">;

export interface Agents {
    readonly "http:": HttpAgent;
    readonly "https:": HttpsAgent;
}

/**
 * Agents that look at the address they are about to dial, whatever the name resolved to before: a name that resolves to
 * something public when it is checked and to something else when it is used gets nowhere (DNS rebinding).
 */
export function agentsFor(allow: Allowed, connections: Connections = {}): Agents {
    const options = { keepAlive: true, ...connections };
    return {
        "http:": guarded(new HttpAgent(options), (address) => isReachable(address, "http:", allow)),
        "https:": guarded(new HttpsAgent(options), (address) => isReachable(address, "https:", allow)),
    };
}

/** What is dialled must not be: its words go to the endpoint's owner, without the address behind a name. */
class AddressRefusedError extends Error {
    override readonly name = "AddressRefusedError";
}

/** The agent, which fails with AddressRefusedError where an address may not be dialled. */
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
const bare = (hostname: string) => hostname.replace(/^\[(.*)\]$/, "$1");
