import type { LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";

/** Every address that must not be reached, in every notation; `<port>` is one where a server listens. */
export const attacks: [what: string, url: string][] = [
    ["loopback", "https://127.0.0.1:<port>/"],
    ["another loopback address", "https://127.255.255.254:<port>/"],
    ["loopback as one decimal number", "https://2130706433:<port>/"],
    ["loopback in hex", "https://0x7f000001:<port>/"],
    ["loopback in hex with dots", "https://0x7f.0x0.0x0.0x1:<port>/"],
    ["loopback in octal", "https://0177.0.0.1:<port>/"],
    ["loopback as one octal number", "https://017700000001:<port>/"],
    ["loopback in short", "https://127.1:<port>/"],
    ["loopback in short hex", "https://0x7f.1:<port>/"],
    ["loopback with a dot at the end", "https://127.0.0.1.:<port>/"],
    ["loopback in full-width digits", "https://①②⑦.⓪.⓪.①:<port>/"],
    ["loopback with escaped dots", "https://127%2e0%2e0%2e1:<port>/"],
    ["this host", "https://0.0.0.0:<port>/"],
    ["this host in short", "https://0:<port>/"],
    ["loopback of IPv6", "https://[::1]:<port>/"],
    ["loopback of IPv6 in full", "https://[0:0:0:0:0:0:0:1]:<port>/"],
    ["no address of IPv6", "https://[::]:<port>/"],
    ["loopback mapped into IPv6", "https://[::ffff:127.0.0.1]:<port>/"],
    ["loopback mapped into IPv6 in hex", "https://[::ffff:7f00:1]:<port>/"],
    ["loopback compatible with IPv6", "https://[::127.0.0.1]:<port>/"],
    ["loopback translated into IPv6", "https://[::ffff:0:127.0.0.1]:<port>/"],
    ["loopback by NAT64", "https://[64:ff9b::7f00:1]/"],
    ["loopback by local NAT64", "https://[64:ff9b:1::7f00:1]/"],
    ["loopback by 6to4", "https://[2002:7f00:1::]/"],
    ["loopback by Teredo", "https://[2001:0:4136:e378:8000:63bf:80ff:fffe]/"],
    ["a private network, 10/8", "https://10.0.0.1/"],
    ["a private network, 172.16/12", "https://172.31.255.254/"],
    ["a private network, 192.168/16", "https://192.168.1.1/"],
    ["a private network of IPv6", "https://[fd12:3456:789a::1]/"],
    ["a site of IPv6", "https://[fec0::1]/"],
    ["a link", "https://169.254.1.1/"],
    ["a link of IPv6", "https://[fe80::1]/"],
    ["a carrier's network", "https://100.64.0.1/"],
    ["a benchmark's network", "https://198.18.0.1/"],
    ["a documentation's network", "https://192.0.2.1/"],
    ["a documentation's network of IPv6", "https://[2001:db8::1]/"],
    ["protocol assignments", "https://192.0.0.8/"],
    ["a relay of 6to4", "https://192.88.99.1/"],
    ["what is reserved", "https://240.0.0.1/"],
    ["everybody", "https://255.255.255.255/"],
    ["a group", "https://224.0.0.1/"],
    ["a group of IPv6", "https://[ff02::1]/"],
    ["what IPv6 has not given out", "https://[4000::1]/"],
    ["what IPv6 has not given out at its beginning", "https://[200::1]/"],
    ["the metadata of AWS", "https://169.254.169.254/latest/meta-data/"],
    ["the metadata of AWS in decimal", "https://2852039166/latest/meta-data/"],
    ["the metadata of AWS by IPv6", "https://[fd00:ec2::254]/latest/meta-data/"],
    ["the metadata of AWS mapped into IPv6", "https://[::ffff:a9fe:a9fe]/"],
    ["the credentials of ECS", "https://169.254.170.2/v2/credentials/"],
    ["the metadata of Alibaba", "https://100.100.100.200/"],
    ["the metadata of Oracle", "https://192.0.0.192/"],
];

/** The operating system's lookup, for which a name has these addresses. */
export const lookupOf =
    (...addresses: string[]): LookupFunction =>
    (_name, { all }, done) => {
        const found: LookupAddress[] = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
        const [first = { address: "", family: 4 }] = found;
        if (all) done(null, found);
        else done(null, first.address, first.family);
    };
