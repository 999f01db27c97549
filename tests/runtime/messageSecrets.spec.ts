import { expect } from "chai";
import { sanitised } from "../../runtime/webhookFanout/messages/sanitise.ts";
import { namesSecret } from "../../runtime/webhookFanout/messages/secretNames.ts";

describe("secrets in messages", () => {
    const secret = [
        "password",
        "cvv2",
        "pin2",
        "otp1",
        "userPassword",
        "PASSWORD_HASH",
        "token",
        "accessToken",
        "csrf-token",
        "client_secret",
        "apiKey",
        "x-api-key",
        "cardNumber",
        "card_number",
        "CVV",
        "pin",
        "Authorization",
        "private key",
        "passwords",
        "userPasswords",
        "API_KEYS",
        "APIKeys",
        "refreshTokens",
        "cardNumbers",
        "CREDITCARDS",
        "otp",
        "loginOtp",
        "oneTimeCode",
        "one-time-codes",
        "verification_code",
        "recoveryCodes",
        "iban",
        "customerIBANs",
        "sessionCookie",
        "cookies",
        "Set-Cookie",
        "authorizationHeader",
        "userPin",
        "cardPan",
    ];
    for (const name of secret) it(`has no member named ${name}`, () => expect(namesSecret(name)).to.equal(true));

    const harmless = [
        "secretary",
        "tokenisation",
        "spin",
        "authorizationStatus",
        "card",
        "number",
        "company",
        "key",
        "",
        "cookieConsent",
        "pinCode",
        "panel",
        "discountCode",
        "accountNumber",
        "urban",
        "keys",
    ];
    for (const name of harmless)
        it(`may have a member named "${name}"`, () => expect(namesSecret(name)).to.equal(false));

    for (const [what, text, clean] of [
        ["a card's number", "pay 4111 1111 1111 1111 now", "pay [removed] now"],
        ["a card's number with hyphens", "5555-5555-5555-4444", "[removed]"],
        ["the number of a long card", "6304000000000000000", "[removed]"],
        ["a short card's number", "4222222222222", "[removed]"],
        ["an IBAN", "from DE89 3704 0044 0532 0130 00, thanks", "from [removed], thanks"],
        ["an IBAN without spaces", "NL91ABNA0417164300", "[removed]"],
        ["a bearer token", "Authorization: Bearer abc.DEF-123~x==", "Authorization: Bearer [removed]"],
        ["basic credentials", "Basic dXNlcjpwYXNzd29yZA==", "Basic [removed]"],
        ["a JSON Web Token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "[removed]"],
        ["a key of a known form", "use sk_live_51H8x2eZvKYlo2C", "use [removed]"],
        ["a cookie", "sid=31d4d96e407aad42; Path=/; HttpOnly", "[removed]"],
        ["a header of cookies", "Cookie: sid=1; theme=dark", "Cookie: [removed]"],
        ["a one-time code", "Your verification code is 123 456.", "Your verification code is [removed]."],
        ["a one-time password", "OTP: 8842", "OTP: [removed]"],
        ["a private key", "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----", "[removed]"],
    ] as const)
        it(`has no text with ${what}`, () =>
            expect(sanitised({ list: [text] })).to.deep.equal({ message: { list: [clean] }, removed: ["/list/0"] }));

    for (const text of [
        "4111 1111 1111 1112",
        "9006381333931",
        "4006381333931",
        "order 1795168800000",
        "DE88 3704 0044 0532 0130 00",
        "the bearer of good news",
        "Basic equipment",
        "discount code 123456",
        "cookies are fine; please",
        "0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b",
        "+49 30 901820",
    ])
        it(`may have the text "${text}"`, () =>
            expect(sanitised({ text })).to.deep.equal({ message: { text }, removed: [] }));

    for (const part of [
        "x=x,",
        'x="x", ',
        "a",
        "a=",
        "eyJ-",
        "bearer ",
        "cookie:\r\n",
        "4 1-",
        "DE89 ",
        "-----BEGIN PRIVATE KEY----- ",
        "otp ",
    ])
        it(`is cleaned quickly however often "${part.trim()}" is in it`, () => {
            const text = `${part.repeat(250_000 / part.length)}1`;
            expect(sanitised({ text }).removed.length).to.be.at.most(1);
        });

    it("has no card's number as a number, and keeps times and barcodes", () => {
        const message = { number: 4111111111111111, at: 1795168800000, barcode: 4006381333931 };
        const { message: clean, removed } = sanitised(message);
        expect(clean).to.deep.equal({ ...message, number: null });
        expect(removed).to.deep.equal(["/number"]);
    });

    it("finds a secret whose name is disguised with control characters", () => {
        expect(sanitised({ "pass\u0000word": "hunter2" })).to.deep.equal({ message: {}, removed: ["/password"] });
    });

    /** Shapes of secrets, by a word for each. */
    const shapes: Readonly<Record<string, string>> = {
        "a key of AWS": "AKIAIOSFODNN7EXAMPLE",
        "a key of AWS without a digit": "AKIAIOSFODNNJEXAMPLE",
        "a session's key of AWS": "ASIAQWERTYUIOPASDFGH",
        "a key of Stripe": "sk_live_51H8x2eZvKYlo2C",
        "a key of Google": "AIzaSyAbcdefghijklmnopqrstuvwxyz",
        "a token of GitHub": "github_pat_ABCDEFGHIJKLMNOPQRST",
        "a token of Slack": "xoxb-abcdefghijkl-mnopqrst",
        "a token of Shopify": "shpat_abcdefabcdefabcdef",
        "a signing secret of ours": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "a tenant's key of ours": `tenant_${"a1".repeat(16)}_0a1b2c3d_${"Q".repeat(43)}`,
        "a JSON Web Token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
        "a card": "4111111111111111",
        "a card of 2-series": "2223003122003222",
        "a card of American Express": "378282246310005",
        "a card with hyphens": "4111-1111-1111-1111",
        "a card with dots": "4111.1111.1111.1111",
        "a card of American Express with dots": "3782.822463.10005",
        "a card with underscores": "4111_1111_1111_1111",
        "a card with encoded spaces": "4111%201111%201111%201111",
        "an IBAN": "DE89370400440532013000",
        "an IBAN in lower case": "de89370400440532013000",
        "an IBAN with hyphens": "GB82-WEST-1234-5698-7654-32",
        "an IBAN with encoded spaces": "nl91%20abna%200417%201643%2000",
    };
    const spaced: Readonly<Record<string, string>> = {
        "a card with spaces": "4111 1111 1111 1111",
        "a card with spaces that do not break": "4111\u00a01111\u00a01111\u00a01111",
        "a card with narrow spaces": "4111\u202f1111\u202f1111\u202f1111",
        "a card with long hyphens": "4111\u20131111\u20131111\u20131111",
        "an IBAN with spaces": "de89 3704 0044 0532 0130 00",
        "an IBAN with spaces that do not break": "DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000",
        "basic credentials of letters": "Basic dXNlcjpwYXNz",
        "basic credentials in lower case": "basic YTpi",
        "a bearer token": "Bearer abc.DEF-123~x==",
        "a short bearer token": "Bearer a1b2",
        "a bearer token of letters": "bearer AbCdEf",
        "a header with credentials of letters": "Authorization: Bearer abcdef",
        "a header with a token": "authorization: Token abcdef",
        "a header in JSON": '{"Authorization":"Basic abcdef"}',
        "an assigned password": "password=letmein",
        "a told password": "password: hunter2",
        "a told key": "API key: a-b-c-1",
        "a secret in JSON": '{"client_secret":"not for you","id":1}',
        "a secret in JSON in JSON": '{\\"client_secret\\":\\"not for you\\"}',
    };
    const places: readonly [place: string, wrap: (secret: string) => object][] = [
        ["a value", (secret) => ({ note: secret })],
        ["a list in a value", (secret) => ({ notes: [[secret]] })],
        ["a text", (secret) => ({ note: `see (${secret}), thanks` })],
        ["a member's name", (secret) => ({ [secret]: true })],
        ["a part of a member's name", (secret) => ({ [`of ${secret}`]: true })],
    ];
    const urls: readonly [place: string, wrap: (secret: string) => object][] = [
        ["a path", (secret) => ({ link: `https://shop.example/a/${secret}/b` })],
        ["a query", (secret) => ({ link: `https://shop.example/a?x=1&ref=${secret}&y=2#z` })],
        ["a fragment", (secret) => ({ link: `https://shop.example/a#${secret}` })],
    ];
    for (const [what, secret] of [...Object.entries(shapes), ...Object.entries(spaced)])
        for (const [place, wrap] of what in shapes ? [...places, ...urls] : places)
            it(`removes ${what} from ${place}, and tells neither it nor its place by it`, () => {
                const { message, removed } = sanitised({ kept: "yes", ...wrap(secret) });
                const core =
                    secret.match(/[A-Za-z0-9]{4,}$|hunter2|letmein|not for you|a-b-c-1|YTpi|abcdef/)?.[0] ?? secret;
                expect(removed).to.have.length(1);
                expect(JSON.stringify([message, removed])).not.to.contain(core);
                expect(message["kept"]).to.equal("yes");
            });

    for (const [url, clean] of [
        ["https://a.example/?access_token=abcdef&page=2", "https://a.example/?access_token=[removed]&page=2"],
        ["https://a.example/#id_token=abcdef", "https://a.example/#id_token=[removed]"],
        ["see https://a.example/?api_key=abcdef, please", "see https://a.example/?api_key=[removed] please"],
        ["https://a.example/b?x=1&sig=aB%2Bc%3D&se=2026", "https://a.example/b?x=1&sig=[removed]&se=2026"],
        ["https://a.example/?X-Amz-Signature=abcdef", "https://a.example/?X-Amz-Signature=[removed]"],
        ["https://jo:letmein@a.example/x", "https://jo:[removed]@a.example/x"],
        ["postgres://jo:let-me:in@db.example:5432/x", "postgres://jo:[removed]@db.example:5432/x"],
        [
            "https://a.example/in?to=https%3A%2F%2Fb.example%2F%3Ftoken%3Dabc%26x%3D1",
            "https://a.example/in?to=https%3A%2F%2Fb.example%2F%3Ftoken%3D[removed]%26x%3D1",
        ],
        ["https://hooks.slack.com/services/T0/B0/abcdef", "https://hooks.slack.com/services/[removed]"],
    ] as const)
        it(`removes what lets in from ${url}`, () =>
            expect(sanitised({ url })).to.deep.equal({ message: { url: clean }, removed: ["/url"] }));

    for (const text of [
        "https://shop.example/orders?page=2&code=SUMMER26&sort=signature#details",
        "https://shop.example:8443/a@b",
        "mailto:jo@shop.example",
        "10.120.100.200 192.168.100.101",
        "1.2.3.4.5-rc.6",
        "3.14159265358979",
        "20261130101112",
        "2026-11-30T10:11:12.123456Z",
        "11111111-2222-4333-8144-555555555555",
        "d41d8cd98f00b204e9800998ecf8427e",
        "de12cdef0123456789abcdef01234567",
        "1.234.567.890,12 EUR",
        "0049 30 901820 11",
        "AKIA is the beginning of a key",
        "Basic subscription",
        "basic Auth",
        "the bearer: please sign",
        "authorization: pending",
        "payment authorization is due",
        "password: required",
        "token: none",
        "pins: 4 pieces",
        "key: value",
        "size: XL; colour=blue",
        "tracking 00340434161094042557",
        "ISBN 978-3-16-148410-0",
        "ep_0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b",
        "ord_01J9ZQ4W7K3M",
        "Artikel 4711-0815",
    ])
        it(`keeps "${text}" as a value, and as a name that names no secret`, () => {
            const message = namesSecret(text) ? { text } : { text, [text]: 1 };
            expect(sanitised(message)).to.deep.equal({ message, removed: [] });
        });
});
