import { type Expression, expressionIn, ReferenceBackError } from "./expression.ts";

/**
 * Why an expression may take a time that grows exponentially with a text, if it may: some repetition in it reads the same
 * text in two ways (`(a+)+`, `(a|a)*`). Decided as Weber and Seidl do ("On the degree of ambiguity of finite automata"), on
 * Glushkov's automaton. @param source an expression without errors, of the flag `u`
 */
export function slownessOf(source: string): string | undefined {
    if (source.length > longest) return `has more than ${longest} characters`;
    try {
        const { whole, lookarounds } = expressionIn(source);
        return [whole, ...lookarounds].map((each) => new Automaton(each, source).slowness()).find(Boolean);
    } catch (error) {
        if (error instanceof ReferenceBackError) return error.message;
        throw error;
    }
}

/** Characters of an expression that is checked. */
const longest = 1000;
/** Repetitions from this count on are as slow as endless ones. */
const many = 10;
/** Pairs of steps that are compared. */
const mostSteps = 1_000_000;
const ambiguous = "reads the same text in more than one way, which may take exponential time";

interface Part {
    readonly first: readonly number[];
    readonly last: readonly number[];
    readonly isNullable: boolean;
}

/** Positions are the characters of the expression; an edge leads to each that may come next. */
class Automaton {
    readonly #matched: (readonly boolean[])[] = [];
    readonly #next: Map<number, number>[] = [];
    readonly #samples: readonly string[];

    constructor(expression: Expression, source: string) {
        this.#samples = samplesOf(source);
        this.#part(expression);
    }

    slowness(): string | undefined {
        let steps = 0;
        for (const loop of this.#loops()) {
            const inside = new Set(loop);
            const next = (position: number) => [...(this.#next[position] ?? [])].filter(([each]) => inside.has(each));
            if (loop.some((position) => next(position).some(([, ways]) => ways > 1))) return ambiguous;
            // From the same position to two, and back to the same one, by the same text.
            const size = this.#next.length;
            const before = new Map<number, number[]>();
            const seen = new Set(loop.map((position) => position * size + position));
            for (const pair of seen) {
                for (const [one] of next(Math.floor(pair / size)))
                    for (const [other] of next(pair % size)) {
                        steps += 1;
                        if (steps > mostSteps) return "is too large to be checked for slowness";
                        if (!this.#overlap(one, other)) continue;
                        const reached = one * size + other;
                        before.set(reached, [...(before.get(reached) ?? []), pair]);
                        seen.add(reached);
                    }
            }
            const returning = new Set(loop.map((position) => position * size + position));
            for (const pair of returning)
                for (const earlier of before.get(pair) ?? []) {
                    if (Math.floor(earlier / size) !== earlier % size) return ambiguous;
                    returning.add(earlier);
                }
        }
        return undefined;
    }

    #overlap(one: number, other: number): boolean {
        if (one === other) return true;
        return this.#matched[one]?.some((is, index) => is && this.#matched[other]?.[index]) === true;
    }

    /** Groups of positions that can be reached from each other. */
    #loops(): number[][] {
        const reachable = this.#next.map((_, from) => {
            const seen = new Set(this.#next[from]?.keys());
            for (const position of seen) for (const each of this.#next[position]?.keys() ?? []) seen.add(each);
            return seen;
        });
        const grouped = new Set<number>();
        return reachable.flatMap((reached, from) => {
            if (!reached.has(from) || grouped.has(from)) return [];
            const loop = [...reached].filter((position) => reachable[position]?.has(from));
            for (const position of loop) grouped.add(position);
            return [loop];
        });
    }

    #part(expression: Expression): Part {
        switch (expression.kind) {
            case "nothing":
                return { first: [], last: [], isNullable: true };
            case "character": {
                const position = this.#next.push(new Map()) - 1;
                const pattern = new RegExp(`^(?:${expression.source})$`, "u");
                this.#matched[position] = this.#samples.map((sample) => pattern.test(sample));
                return { first: [position], last: [position], isNullable: false };
            }
            case "either": {
                const parts = expression.parts.map((part) => this.#part(part));
                return {
                    first: parts.flatMap(({ first }) => first),
                    last: parts.flatMap(({ last }) => last),
                    isNullable: parts.some(({ isNullable }) => isNullable),
                };
            }
            case "sequence":
                return this.#sequence(expression.parts.map((part) => () => this.#part(part)));
            case "repeated":
                return this.#repeated(expression);
        }
    }

    #sequence(parts: readonly (() => Part)[]): Part {
        return parts.reduce<Part>(
            (before, make) => {
                const part = make();
                this.#connect(before, part);
                return {
                    first: before.isNullable ? [...before.first, ...part.first] : before.first,
                    last: part.isNullable ? [...before.last, ...part.last] : part.last,
                    isNullable: before.isNullable && part.isNullable,
                };
            },
            { first: [], last: [], isNullable: true },
        );
    }

    #repeated({ part, least, most }: Extract<Expression, { kind: "repeated" }>): Part {
        const once = () => this.#part(part);
        const optional = (): Part => ({ ...once(), isNullable: true });
        const loop = (): Part => {
            const repeated = once();
            this.#connect(repeated, repeated);
            return { ...repeated, isNullable: repeated.isNullable || least === 0 };
        };
        const isEndless = most >= many;
        const needed = Array.from({ length: Math.min(isEndless ? Math.max(least - 1, 0) : least, 3) }, () => once);
        if (isEndless) return this.#sequence([...needed, loop]);
        return this.#sequence([...needed, ...Array.from({ length: Math.min(most - least, 3) }, () => optional)]);
    }

    #connect({ last }: Part, { first }: Part): void {
        for (const from of last)
            for (const to of first) this.#next[from]?.set(to, (this.#next[from]?.get(to) ?? 0) + 1);
    }
}

/** Characters that tell whether two classes overlap: ASCII, some beyond it, and those near each of the expression. */
function samplesOf(source: string): string[] {
    const near = [...source].flatMap((character) => {
        const code = character.codePointAt(0) ?? 0;
        return [code - 1, code, code + 1];
    });
    const beyond = [..."\u00a0éßΩя漢\u2028😀"].map((character) => character.codePointAt(0) ?? 0);
    const codes = new Set([...Array(128).keys(), ...beyond, ...near]);
    return [...codes].filter((code) => code >= 0 && code < 0x110000).map((code) => String.fromCodePoint(code));
}
