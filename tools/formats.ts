import { fullFormats } from "ajv-formats/dist/formats.js";
import { codes } from "currency-codes";

/** In ISO 4217 since the list of the package was published: its amendments 176 and 177. */
const newCurrencies = ["XAD", "XCG"];

/**
 * The formats that the documents use, as regular expressions: ajv writes those into the validators, where its functions
 * would have to be loaded at run time.
 */
export const formats: Readonly<Record<string, RegExp>> = {
    email: regularExpression(fullFormats.email),
    "date-time": dateTime(),
    uri: uri(),
    // Not Intl's list, which has withdrawn currencies. Those withdrawn since the package's edition stay valid: the functions
    // behind the queue use the same expression, and an accepted order must not fail there.
    "iso-4217": new RegExp(`^(?:${[...codes(), ...newCurrencies].sort().join("|")})$`, "i"),
};

function regularExpression(format: unknown): RegExp {
    if (format instanceof RegExp) return format;
    throw new Error("ajv-formats does not have this format as a regular expression any more");
}

/** RFC 3339, section 5.6, with the days that each month has. A leap second is given in UTC. */
function dateTime(): RegExp {
    const leapYear = "(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)";
    const anyMonth = "(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])";
    const longMonth = "(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31";
    const hour = "(?:[01]\\d|2[0-3])";
    const minute = "[0-5]\\d";
    const fraction = "(?:\\.\\d+)?";
    return new RegExp(
        `^(?:\\d{4}-(?:${anyMonth}|${longMonth})|${leapYear}-02-29)T` +
            `(?:${hour}:${minute}:[0-5]\\d${fraction}(?:Z|[+-]${hour}:${minute})|23:59:60${fraction}(?:Z|[+-]00:00))$`,
        "i",
    );
}

/** RFC 3986, appendix A, as ajv-formats reads it: not a scheme alone, and one slash is as good as two. */
function uri(): RegExp {
    const encoded = "%[0-9a-f]{2}";
    const plain = "a-z0-9\\-._~!$&'()*+,;=";
    const h16 = "[0-9a-f]{1,4}";
    const byte = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    const last32 = `(?:${h16}:${h16}|(?:${byte}\\.){3}${byte})`;
    const ipv6 = [
        `(?:${h16}:){6}${last32}`,
        `::(?:${h16}:){5}${last32}`,
        ...[0, 1, 2, 3, 4].map((n) => `(?:(?:${h16}:){0,${n}}${h16})?::(?:${h16}:){${4 - n}}${last32}`),
        `(?:(?:${h16}:){0,5}${h16})?::${h16}`,
        `(?:(?:${h16}:){0,6}${h16})?::`,
    ].join("|");
    const host = `(?:\\[(?:${ipv6}|v[0-9a-f]+\\.[${plain}:]+)\\]|(?:[${plain}]|${encoded})*)`;
    const authority = `(?:(?:[${plain}:]|${encoded})*@)?${host}(?::\\d*)?`;
    const letter = `(?:[${plain}:@]|${encoded})`;
    const rest = `(?:[${plain}:@/?]|${encoded})*`;
    const path = `${letter}+(?:/${letter}*)*`;
    return new RegExp(
        `^[a-z][a-z0-9+.-]*:(?://?${authority}(?:/${letter}*)*|/(?:${path})?|${path})(?:\\?${rest})?(?:#${rest})?$`,
        "i",
    );
}
