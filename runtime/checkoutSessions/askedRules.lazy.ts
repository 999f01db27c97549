import { canonicalJson } from "../shared/canonical.ts";
import type { Log } from "../shared/log.ts";
import { countryOf, unknownCountry } from "./pricing/places.ts";
import type {
    AskingRules,
    Parcel,
    PricedWay,
    PriceQuestion,
    Rules,
    ShippingRule,
    ShopRules,
    TaxQuestion,
    TaxRate,
    TaxRule,
} from "./pricing/rules.ts";
import { largestAmount } from "./pricing/totals.ts";

/** A merchant's module has answered something that is no price, way or rate. */
class UnusableAnswerError extends Error {
    override readonly name = "UnusableAnswerError";
}

/** Questions follow from answers: prices, then ways, then what each costs for the goods that come by it, then taxes. */
const mostRounds = 8;

type Kind = keyof ShopRules;
type Learned = { readonly answer: unknown } | { readonly failed: true };

/**
 * Rules by a merchant's module, for one request: a quote is pure and asks for what it needs; what is not answered yet is
 * asked after it, all at once, and the quote is made again.
 */
export class AskedRules implements AskingRules {
    /** Milliseconds that a function of the module may take. */
    static patienceMs = 2000;
    readonly #module: ShopRules;
    readonly #tables: Rules;
    readonly #log: Log;
    readonly #patienceMs: number;
    readonly #learned = new Map<string, Learned>();
    readonly #open = new Map<string, { readonly kind: Kind; readonly question: unknown }>();
    #hasGaps = false;

    constructor(module: ShopRules, tables: Rules, log: Log, patienceMs: number = AskedRules.patienceMs) {
        this.#module = module;
        this.#tables = tables;
        this.#log = log;
        this.#patienceMs = patienceMs;
    }

    /** Decides with all answers, or with gaps where there are none. */
    async decided<T>(decide: () => T): Promise<T> {
        for (let round = 1; ; round += 1) {
            this.#hasGaps = false;
            this.#open.clear();
            const decision = decide();
            if (this.#open.size === 0 || round === mostRounds) return decision;
            await this.#ask();
        }
    }

    hasGaps(): boolean {
        return this.#hasGaps;
    }

    price(question: PriceQuestion): number | undefined {
        if (this.#module.prices === undefined) return this.#tables.price(question);
        const answer = this.#answerTo<number | null>("prices", question, 0);
        return answer ?? undefined;
    }

    get shipping(): ShippingRule {
        if (this.#module.shipping === undefined) return this.#tables.shipping;
        const waysFor = (parcel: Parcel) => this.#answerTo<readonly PricedWay[]>("shipping", parcel, []);
        return { waysFor, cost: ({ id }, parcel) => waysFor(parcel).find((way) => way.id === id)?.cost };
    }

    get tax(): TaxRule {
        if (this.#module.taxes === undefined) return this.#tables.tax;
        return {
            applies: true,
            rate: (question, { address, param }) => {
                const jurisdiction = countryOf(address);
                if (jurisdiction === undefined) return unknownCountry(param);
                return this.#answerTo<TaxRate>("taxes", question, { percent: 0, jurisdiction });
            },
        };
    }

    /** @param gap what the quote goes on with until it is known; it is no price then. */
    #answerTo<Answer>(kind: Kind, question: unknown, gap: Answer): Answer {
        const name = `${kind} ${canonicalJson(question)}`;
        const learned = this.#learned.get(name);
        // Each kind's answers were checked when they came.
        if (learned !== undefined && "answer" in learned) return learned.answer as Answer;
        this.#hasGaps = true;
        if (learned === undefined) this.#open.set(name, { kind, question });
        return gap;
    }

    async #ask(): Promise<void> {
        const open = [...this.#open];
        const of = (wanted: Kind) => open.filter(([, { kind }]) => kind === wanted);
        const { prices, shipping, taxes } = this.#module;
        await Promise.all([
            this.#learn("prices", of("prices"), async (asked, signal) =>
                pricesIn(await prices?.call(this.#module, asked as PriceQuestion[], signal), asked.length),
            ),
            ...of("shipping").map((parcel) =>
                this.#learn("shipping", [parcel], async ([asked], signal) => [
                    waysIn(await shipping?.call(this.#module, asked as Parcel, signal)),
                ]),
            ),
            this.#learn("taxes", of("taxes"), async (asked, signal) =>
                ratesIn(await taxes?.call(this.#module, asked as TaxQuestion[], signal), asked.length),
            ),
        ]);
    }

    async #learn(
        kind: Kind,
        open: readonly (readonly [name: string, asked: { readonly question: unknown }])[],
        ask: (questions: readonly unknown[], signal: AbortSignal) => Promise<readonly unknown[]>,
    ): Promise<void> {
        if (open.length === 0) return;
        const late = new AbortController();
        const timer = setTimeout(
            () => late.abort(new UnusableAnswerError(`no answer within ${this.#patienceMs} ms`)),
            this.#patienceMs,
        );
        try {
            const questions = open.map(([, { question }]) => structuredClone(question));
            const answers = await Promise.race([ask(questions, late.signal), aborted(late.signal)]);
            for (const [index, [name]] of open.entries()) this.#learned.set(name, { answer: answers[index] });
        } catch (error) {
            this.#log.error("The shop's rules have no usable answer", { rule: kind, error });
            for (const [name] of open) this.#learned.set(name, { failed: true });
        } finally {
            clearTimeout(timer);
        }
    }
}

const aborted = (signal: AbortSignal): Promise<never> =>
    new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
    });

function pricesIn(answers: unknown, length: number): readonly (number | null)[] {
    return listIn(answers, length).map((price) => (price === null ? null : amountIn(price)));
}

function waysIn(answer: unknown): readonly PricedWay[] {
    const ways = listIn(answer).map((way): PricedWay => {
        const { id, title, days, cost }: Unknown<PricedWay> = membersOf(way);
        if (typeof id !== "string" || !/^[\w-]{1,64}$/.test(id)) throw new UnusableAnswerError("a way has no id");
        const [from, to] = listIn(days, 2).map((day) => amountIn(day));
        if (from === undefined || to === undefined || from > to || to > 366) {
            throw new UnusableAnswerError(`the days of ${id} are no time`);
        }
        return { id, title: textIn(title), days: [from, to], cost: amountIn(cost) };
    });
    if (new Set(ways.map(({ id }) => id)).size < ways.length) throw new UnusableAnswerError("two ways have one id");
    return ways;
}

function ratesIn(answers: unknown, length: number): readonly TaxRate[] {
    return listIn(answers, length).map((rate) => {
        const { percent, jurisdiction }: Unknown<TaxRate> = membersOf(rate);
        if (typeof percent !== "number" || !(percent >= 0 && percent <= 100)) {
            throw new UnusableAnswerError(`${String(percent)} is no percentage`);
        }
        return { percent, jurisdiction: textIn(jurisdiction) };
    });
}

type Unknown<Members> = { readonly [name in keyof Members]?: unknown };

const membersOf = (value: unknown): object => (typeof value === "object" && value !== null ? value : {});

function listIn(value: unknown, length?: number): readonly unknown[] {
    const isOfLength = length === undefined || (Array.isArray(value) && value.length === length);
    if (Array.isArray(value) && isOfLength) return value;
    throw new UnusableAnswerError(length === undefined ? "is no list" : `is no list of ${length}`);
}

function amountIn(value: unknown): number {
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value <= largestAmount) return value;
    throw new UnusableAnswerError(`${String(value)} is no amount in minor units`);
}

function textIn(value: unknown): string {
    if (typeof value === "string" && value.trim() !== "" && value.length <= 100) return value;
    throw new UnusableAnswerError("a text is missing or longer than 100 characters");
}
