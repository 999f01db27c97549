import { expect } from "chai";
import { sanitised } from "../../runtime/webhookFanout/messages/sanitise.ts";
import { secretNameIn } from "../../runtime/webhookFanout/messages/secretNames.ts";

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
        "smsCode",
        "accountNumber",
        "bankAccountNumber",
        "primaryAccountNumber",
        "cardNo",
        "ccNumber",
        "cvn",
        "cardCode",
        "cardVerificationValue",
        "2faCode",
        "twoFactorCode",
        "confirmationCode",
        "signInCode",
        "sessionId",
        "auth",
        "pass",
        "pw",
        "passwort",
        "userpassword",
        "cookieString",
        "socialSecurityNumber",
        "API_KEY_PROD",
        "pass\u200bword",
    ];
    for (const name of secret)
        it(`has no member named ${name}, alone, in a list, or as the name of a pair`, () => {
            const value = "a1b2c3d4e5f67890";
            expect(sanitised({ [name]: value, kept: 1 }).message).to.deep.equal({ kept: 1 });
            expect(sanitised({ list: [{ [name]: [value] }] }).message).to.deep.equal({ list: [{}] });
            for (const first of ["name", "key"])
                expect(sanitised({ [first]: name, value })).to.deep.equal({
                    message: { [first]: name },
                    removed: ["/value"],
                });
        });

    for (const [name, value] of [
        ["cookie", "sid=31d4"],
        ["cookies", ["sid=31d4", "b=2"]],
        ["credentials", { user: "jo", pass: "letmein" }],
        ["otp", 123456],
        ["password", 12345678],
        ["pin", "12 34"],
        ["cvc", 123],
        ["cvc", "12\u00003"],
        ["accountNumber", 12345678],
        ["token", "letmein"],
    ] as const)
        it(`has no member ${name}: ${JSON.stringify(value)}`, () =>
            expect(sanitised({ [name]: value })).to.deep.equal({ message: {}, removed: [`/${name}`] }));

    for (const [name, value] of [
        ["maxTokens", 1000],
        ["tokens", { input: 1000, output: 200 }],
        ["tokenCount", 1000],
        ["hasPassword", true],
        ["password", null],
        ["passwordChangedAt", "2026-11-30T10:11:12Z"],
        ["lastPassword", "2026-11-30T10:11:12.5+01:00"],
        ["passwordPolicy", "12 characters"],
        ["otpEnabled", "2FA by sms1234"],
        ["cvcCheck", "pass"],
        ["cvc", "pass"],
        ["creditCardBrand", "visa12345"],
        ["creditCardFee", 12345],
        ["creditCard", { brand: "visa", last4: "1111" }],
        ["tokenType", "bearer1"],
        ["cardNumberLast4", "1111"],
        ["cardNumber", "•••• 1111"],
        ["scorecardNumber", 123456],
        ["partialauthcoded", "a1b2c3d4"],
        ["fryingPan", 2],
        ["pan", "24cm"],
        ["dropPin", { lat: 52.520008, lng: 13.404954 }],
        ["cookies", 12],
        ["cookie", "100 pieces"],
        ["authorization", "approved"],
        ["auth", "PayPal"],
        ["pass", "ok"],
        ["boardingPass", { number: "AB1234567" }],
        ["authorization", { id: "pay_12345678", amount: 1200 }],
        ["checkoutSessionId", "cs_0a1b2c3d4e5f"],
        ["accountNumber", "A-12"],
    ] as const)
        it(`may have a member ${name}: ${JSON.stringify(value)}`, () =>
            expect(sanitised({ [name]: value })).to.deep.equal({ message: { [name]: value }, removed: [] }));

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
        "customerNumber",
        "urban",
        "keys",
    ];
    for (const name of harmless)
        it(`may have a member named "${name}"`, () => expect(secretNameIn(name)).to.equal(undefined));

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
        ["a card before its code", "card 4111111111111111 123", "card [removed] 123"],
        ["a card before its date", "4111 1111 1111 1111 12/28 123", "[removed] 12/28 123"],
        ["a card before its date in groups", "4111111111111111 12 28", "[removed] 12 28"],
        ["a card after a number", "Order 7 4111 1111 1111 1111", "Order 7 [removed]"],
        ["a card after the first digits of one", "4111 4111 1111 1111 1111", "4111 [removed]"],
        ["two cards", "4111111111111111 5555555555554444", "[removed] [removed]"],
        ["an IBAN before words of its form", "AT61 1904 3002 3457 3201 and more", "[removed] and more"],
        ["an IBAN after its name", "IBANDE89370400440532013000", "IBAN[removed]"],
        ["a code", "Your code is 123456", "Your code is [removed]"],
        [
            "a code after its name and a line break",
            "Your verification code is:\n\n123456",
            "Your verification code is:\n\n[removed]",
        ],
        ["a code before its name", "482913 is your verification code", "[removed] is your verification code"],
        [
            "a shop's code before its name",
            "G-482913 is your Shop sign-in code",
            "G-[removed] is your Shop sign-in code",
        ],
        ["a code to use", "Use 482913 as your one-time password", "Use [removed] as your one-time password"],
        [
            "a code far from its name",
            "verification code for your account is 482913",
            "verification code for your account is [removed]",
        ],
        ["a card's code after its card", "4111111111111111, CVC 123", "[removed], CVC [removed]"],
        ["a PIN", "Your PIN is 1234", "Your PIN is [removed]"],
        ["a card's code", "CVV: 123", "CVV: [removed]"],
        ["a bearer token of small letters", "Bearer abcdefghijklmnopqrstuvwxyz", "Bearer [removed]"],
        ["a bearer token of capitals", "bearer ABCDEFGHIJKLMNOP", "bearer [removed]"],
        ["a bearer token after spaces", "Bearer    abc.DEF-123", "Bearer    [removed]"],
        ["a pair in JSON", '[{"name":"Cookie","value":"sid=31d4"}]', '[{"name":"Cookie","value":"[removed]"}]'],
        [
            "a pair of a key in JSON",
            '{"key": "password", "value": "hunter2"}',
            '{"key": "password", "value": "[removed]"}',
        ],
        ["a password of words", "a\npassword = correct horse battery staple\nb", "a\npassword = [removed]\nb"],
        ["a password with a quotation mark", `{"password":"it's me"}`, '{"password":"[removed]"}'],
        ["a password that is told", "the password is hunter2", "the password is [removed]"],
        ["a password as the value of another name", "env: password=letmein", "env: password=[removed]"],
        [
            "a password after another secret's name",
            "Credentials: password: hunter2",
            "Credentials: password: [removed]",
        ],
        ["a password after an arrow", 'password => "letmein"', 'password => "[removed]"'],
        ["a code of two words", "two factor code: 123456", "two factor code: [removed]"],
        ["a cut private key", `-----BEGIN RSA PRIVATE KEY-----\n${"M".repeat(64)}\n${"I".repeat(64)}`, "[removed]"],
        [
            "a private key between texts",
            `no -----BEGIN PRIVATE KEY----- here\n-----BEGIN PRIVATE KEY-----\n${"M".repeat(64)}\n-----END PRIVATE KEY-----\nthanks`,
            "no -----BEGIN PRIVATE KEY----- here\n[removed]\nthanks",
        ],
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
        "a ",
        "a=",
        "a-b ",
        "is ",
        "eyJ-",
        "eyJ",
        "bearer ",
        "bearer\t\t",
        "authorization: ",
        "cookie:\r\n",
        "x=1;path=/;",
        "a://",
        "?a=",
        "%3Fa%3D",
        "4",
        "4 ",
        "4 1-",
        "4111 ",
        "4111,4111 1111 1111 1112 ",
        "4\u200b",
        "%20",
        "DE",
        "DE89",
        "DE89 ",
        "-----BEGIN PRIVATE KEY----- ",
        `-----BEGIN PRIVATE KEY-----${"A".repeat(16)} `,
        "otp ",
        "your code ",
        "1234 is your ",
        "password",
        "password=",
        "password is ",
        "password = ",
        "pan=",
        "pan = ",
        "pan:'",
        '"name":"pan","value":"',
        '"name":"password","value":',
        "passwordValue",
        "[removed]",
    ])
        it(`reads a text that repeats ${JSON.stringify(part)} in as many more steps as it is longer`, () => {
            for (const message of [
                (text: string) => ({ text }),
                (text: string) => ({ [text]: 1234 }),
                (text: string) => ({ auth: text }),
            ]) {
                const once = readBy(() => sanitised(message(`${part.repeat(2000)}!`)));
                const twice = readBy(() => sanitised(message(`${part.repeat(4000)}!`)));
                expect(twice.characters).to.be.at.most(2.01 * once.characters);
                for (const pattern of twice.patterns) expect(isLimited(pattern), String(pattern)).to.equal(true);
            }
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
        "a card in digits of full width": "４１１１１１１１１１１１１１１１",
        "a card with commas": "4111,1111,1111,1111",
        "a card with spaces of no width": "4111\u200b1111\u200b1111\u200b1111",
        "a card with soft hyphens": "41\u00ad11111111111111",
        "an IBAN with slashes": "DE89/3704/0044/0532/0130/00",
        "a key of OpenAI": "sk-proj-abcdefghijklmnop",
        "a key of Anthropic": "sk-ant-api03-abcdefghijklmnop",
        "a token of Hugging Face": "hf_abcdefghijklmnopqrstuvwxyz",
        "a token of npm": `npm_${"a1B2".repeat(9)}`,
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
        "a card with two spaces": "4111  1111  1111  1111",
        "a card with tabs": "4111\t1111\t1111\t1111",
        "a card with line breaks": "4111 1111\r\n1111 1111",
        "a card with commas and spaces": "4111, 1111, 1111, 1111",
        "an IBAN with tabs": "DE89\t3704\t0044\t0532\t0130\t00",
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
        ["https://discord.com/api/webhooks/123/abcdef", "https://discord.com/api/webhooks/[removed]"],
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
        "Filter color=red; domain=fashion",
        "size=XL; secure packaging",
        "frying pan: 28cm",
        "Chocolate cookie: 3 pieces",
        "https://shop.example/x?pan=24cm",
        "confirmation code for 2026-11-30",
        "verification code 2026-11-30",
        "confirmation code for order 123456",
        "npm_package_version",
        "npm_config_user_agent",
        "ASIAPACIFICREGION",
        "IMEI 356938035643809",
        "IMEI 490154203237518",
        "864691030000005",
        "a -----BEGIN PRIVATE KEY----- begins a key",
        "max tokens: 1000",
        '{"hasPassword":true,"token_type":"bearer","tokens":1000}',
        "sizes 36 37 38 39 40 41 42 43 44",
        "12345 is your postal code",
        "the password is required",
        "user = jo",
    ])
        it(`keeps "${text}" as a value and as a name`, () => {
            const message = { text, [text]: true };
            expect(sanitised(message)).to.deep.equal({ message, removed: [] });
        });
});

interface Reading {
    /** Those that expressions went over, again if they began before. */
    readonly characters: number;
    readonly patterns: ReadonlySet<RegExp>;
}

/** Every use of an expression calls `exec`, if that is another one than V8's. */
function readBy(work: () => unknown): Reading {
    const own = Object.getOwnPropertyDescriptor(RegExp.prototype, "exec");
    const exec = RegExp.prototype.exec;
    const patterns = new Map<string, RegExp>();
    let characters = 0;
    RegExp.prototype.exec = function (text) {
        const from = this.global || this.sticky ? this.lastIndex : 0;
        const found = exec.call(this, text);
        const to = found === null ? (this.sticky ? from : text.length) : found.index + found[0].length;
        characters += 1 + to - from;
        patterns.set(this.source, this);
        return found;
    };
    try {
        work();
    } finally {
        if (own) Object.defineProperty(RegExp.prototype, "exec", own);
    }
    return { characters, patterns: new Set(patterns.values()) };
}

/** Whether the steps at a character have a limit: a repetition without one is the end, or the whole of a text. */
function isLimited({ source, sticky }: RegExp): boolean {
    const simple = source
        .replaceAll(/\[(?:\\.|[^\]\\])*\]|\\[pP]\{\w+\}|\\u[\da-f]{4}|\\./gu, "c")
        .replaceAll(/[*+]|\{\d+,\}/g, "∞");
    const [, ends, rest = ""] = /^(\^?)(.*)$/.exec(simple) ?? [];
    return sticky || ends === "^" ? !/∞(?!\)*\$?$)/.test(rest) : !/∞(?!\)*$)/.test(rest);
}
