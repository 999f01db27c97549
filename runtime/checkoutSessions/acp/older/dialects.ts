import { isJsonObject } from "../../../shared/json.ts";
import type { CommandName } from "../../domain/call.ts";
import type { Dialect, Raised } from "../../domain/dialect.ts";
import type { CommandRefused, Problem } from "../../domain/problem.ts";
import type { Session } from "../../domain/protocol.ts";
import { down20250929, down20251212 } from "./down2025.ts";
import { down20260116 } from "./down20260116.ts";
import { down20260130 } from "./down20260130.ts";
import { known, members20250929, members20251212, members20260130 } from "./members.ts";
import { param20250929, requestParam20260116 } from "./params.ts";
import { up20250929, up20260116, withOutcome } from "./up.ts";

/** What a version has of its own; each is told as a step from its successor. */
interface Version {
    readonly members: Readonly<Record<CommandName, Parameters<typeof known>[1]>>;
    /** From a body with known members only. @param currency the merchant's */
    up(command: CommandName, body: Readonly<Record<string, unknown>>, currency: string): Raised | CommandRefused;
    down(session: Session): object;
    /** The path of a request's member; undefined if the version lacks it. */
    param(path: string): string | undefined;
}

const v20260130: Version = {
    members: members20260130,
    up: (_, body) => ({ body }),
    down: down20260130,
    param: (path) => path,
};

const v20260116: Version = {
    members: members20251212,
    up: (command, body, currency) => up20260116(command, withOutcome(body), currency),
    down: (session) => down20260116(down20260130(session)),
    param: requestParam20260116,
};

const v20251212: Version = {
    members: members20251212,
    up: (command, body, currency) => up20260116(command, body, currency),
    down: (session) => down20251212(down20260116(down20260130(session))),
    param: requestParam20260116,
};

const v20250929: Version = {
    members: members20250929,
    up: (command, body, currency) => {
        const next = up20250929(command, body);
        if ("problem" in next) return next;
        const { body: following, mode } = next;
        return { ...up20260116(command, following, currency), mode };
    },
    down: (session) => down20250929(down20251212(down20260116(down20260130(session)))),
    param: (path) => {
        const own = requestParam20260116(path);
        return own === undefined ? undefined : param20250929(own);
    },
};

const versions: Readonly<Record<string, Version>> = {
    "2025-09-29": v20250929,
    "2025-12-12": v20251212,
    "2026-01-16": v20260116,
    "2026-01-30": v20260130,
};

/** An older version of ACP: read leniently, told in its closed forms. @param currency the merchant's */
export function olderDialect(version: string, currency: string): Dialect | undefined {
    const own = Object.hasOwn(versions, version) ? versions[version] : undefined;
    return own && dialectOf(version, own, currency);
}

function dialectOf(version: string, { members, up, down, param }: Version, currency: string): Dialect {
    return {
        version,
        needsKey: false,
        challenges: false,
        up: (command, body) => {
            const { value, ignored } = known(body, members[command]);
            if (!isJsonObject(value)) return { body: value };
            const next = up(command, value, currency);
            return "problem" in next ? next : { ...next, ignored };
        },
        down: (result) => {
            if ("problem" in result) return toldOf(result.problem, param);
            return { status: result.status, body: "session" in result ? down(result.session) : result.body };
        },
    };
}

function toldOf({ status, error, headers }: Problem, param: Version["param"]) {
    const { param: path, type, code, message } = error;
    const own = path === undefined ? undefined : param(path);
    return {
        // Until 2026-01-30 a key that was used with another body is a conflict.
        status: code === "idempotency_conflict" ? 409 : status,
        body: { type, code, message, ...(own !== undefined && { param: own }) },
        ...(headers && { headers }),
    };
}
