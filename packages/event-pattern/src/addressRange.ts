import { BlockList, isIP } from "node:net";

const families = { 4: "ipv4", 6: "ipv6" } as const;

function familyOf(address: string): 4 | 6 | undefined {
    const version = isIP(address);
    return version === 4 || version === 6 ? version : undefined;
}

/**
 * The test of a range in CIDR form, IPv4 or IPv6, with its prefix length (`10.0.0.0/24`); undefined when it is not one. Text
 * that is no IP address does not lie in it.
 */
export function addressRange(cidr: string): ((address: string) => boolean) | undefined {
    const [network = "", prefix = "", ...rest] = cidr.split("/");
    const version = familyOf(network);
    if (version === undefined || rest.length > 0 || !/^\d{1,3}$/.test(prefix)) return undefined;
    if (Number(prefix) > (version === 4 ? 32 : 128)) return undefined;
    const range = new BlockList();
    range.addSubnet(network, Number(prefix), families[version]);
    return (address) => familyOf(address) === version && range.check(address, families[version]);
}
