import { BlockList, isIP } from "node:net";

/** Whether an address lies in the range; text that is no IP address does not. */
export type AddressRange = (address: string) => boolean;

const families = { 4: "ipv4", 6: "ipv6" } as const;

function familyOf(address: string): 4 | 6 | undefined {
    const version = isIP(address);
    return version === 4 || version === 6 ? version : undefined;
}

/** A range in CIDR form, IPv4 or IPv6, with its prefix length (`10.0.0.0/24`); undefined when it is not one. */
export function addressRange(cidr: string): AddressRange | undefined {
    const [network = "", prefix = "", ...rest] = cidr.split("/");
    const version = familyOf(network);
    if (version === undefined || rest.length > 0 || !/^\d{1,3}$/.test(prefix)) return undefined;
    if (Number(prefix) > (version === 4 ? 32 : 128)) return undefined;
    const range = new BlockList();
    range.addSubnet(network, Number(prefix), families[version]);
    return (address) => familyOf(address) === version && range.check(address, families[version]);
}

/** The range of one address only. */
export function singleAddress(address: string): AddressRange | undefined {
    return addressRange(`${address}/${familyOf(address) === 6 ? 128 : 32}`);
}
