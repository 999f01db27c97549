import type { Answer } from "./answer.ts";
import type { ResponseParameters } from "./definition.ts";
import { type Exchange, expressionValue, jsonValue } from "./exchange.ts";

type Lookup = (expression: string) => string | undefined;

/**
 * A mapped value: `$request.body` alone, `${request.header.a} and ${context.requestId}` inside a text, or plain text.
 * Undefined when it is an expression alone and the request has no such value; inside a text nothing takes its place.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 */
export function mappedValue(template: string, exchange: Exchange): string | undefined {
    return fill(template, (expression) => expressionValue(expression, exchange));
}

function fill(template: string, lookup: Lookup): string | undefined {
    const alone =
        /^\$\{([^}]+)\}$/.exec(template) ?? /^\$((?:request|response|context|stageVariables)\.\S+)$/.exec(template);
    if (alone !== null) return lookup(`$${alone[1]}`);
    return template.replaceAll(/\$\{([^}]+)\}/g, (_, expression: string) => lookup(`$${expression}`) ?? "");
}

/** Changes an integration's answer as the mapping for its status says. Throws Error for a mapping that is none. */
export function applyResponseParameters(parameters: ResponseParameters, answer: Answer, exchange: Exchange): Answer {
    const mappings = parameters[String(answer.status)];
    if (mappings === undefined) return answer;
    const lookup: Lookup = (expression) => responseValue(expression, answer) ?? expressionValue(expression, exchange);
    const headers = { ...answer.headers };
    let { status } = answer;
    for (const [target, template] of Object.entries(mappings)) {
        const value = fill(template, lookup);
        if (target.toLowerCase() === "overwrite:statuscode") {
            status = Number(value);
            continue;
        }
        const [, operation, name = ""] = /^(append|overwrite|remove):header\.(.+)$/.exec(target) ?? [];
        const header = name.toLowerCase();
        switch (operation) {
            case "append":
                if (value !== undefined)
                    headers[header] = headers[header] === undefined ? value : `${headers[header]},${value}`;
                break;
            case "overwrite":
                if (value !== undefined) headers[header] = value;
                break;
            case "remove":
                delete headers[header];
                break;
            default:
                throw new Error(`"${target}" is no response parameter`);
        }
    }
    return { ...answer, status, headers };
}

function responseValue(expression: string, answer: Answer): string | undefined {
    const [, source, name] = /^\$response\.(header|body)(?:\.(.+))?$/.exec(expression) ?? [];
    if (source === "header") return name === undefined ? undefined : answer.headers[name.toLowerCase()];
    if (source === "body") return name === undefined ? answer.body.toString() : jsonValue(answer.body.toString(), name);
    return undefined;
}

const reservedHeader =
    /^(access-control-.*|apigw-.*|authorization|connection|content-(encoding|length|location)|forwarded|keep-alive|origin|proxy-(authenticate|authorization)|te|trailers|transfer-encoding|upgrade|x-amzn?-.*|x-forwarded-.*|via)$/;

/**
 * What is wrong with a route's response parameters, as API Gateway would say when they are created; undefined when
 * nothing is. Reserved headers cannot be mapped.
 */
export function responseParameterFault(parameters: ResponseParameters): string | undefined {
    for (const mappings of Object.values(parameters)) {
        for (const target of Object.keys(mappings)) {
            if (target.toLowerCase() === "overwrite:statuscode") continue;
            const [, name] = /^(?:append|overwrite|remove):header\.(.+)$/.exec(target) ?? [];
            if (name === undefined) return `"${target}" is no response parameter`;
            if (reservedHeader.test(name.toLowerCase()))
                return `"${target}": operations on header ${name} are restricted`;
        }
    }
    return undefined;
}
