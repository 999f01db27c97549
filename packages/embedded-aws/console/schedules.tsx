import { get, useLoaded } from "./api.ts";
import { extension } from "./extension.ts";
import { isRecord, lastPart } from "./format.ts";
import { shortName } from "./graph.ts";
import { Details, Empty, Json, Note, Problem, Time } from "./parts.tsx";
import { href } from "./router.ts";

interface Listed {
    readonly resources: readonly { readonly type: string; readonly id: string; readonly urn: string }[];
    readonly pending: readonly unknown[];
}

interface Schedule {
    readonly id: string;
    readonly urn: string;
    readonly expression: string;
    readonly target: string;
}

const schedule = "aws:scheduler/schedule:Schedule";

async function scheduleOf({ id, urn }: { readonly id: string; readonly urn: string }): Promise<Schedule> {
    const { inputs } = await get<{ readonly inputs: Readonly<Record<string, unknown>> }>("resource", { urn });
    const target = isRecord(inputs["target"]) ? String(inputs["target"]["arn"] ?? "") : "";
    return { id, urn, expression: String(inputs["scheduleExpression"] ?? ""), target: lastPart(target) };
}

/** The program's schedules, and what is still to be done by itself. */
export function Schedules() {
    const { value, error } = useLoaded(async () => {
        const { resources, pending } = await get<Listed>("resources");
        const schedules = await Promise.all(resources.filter(({ type }) => type === schedule).map(scheduleOf));
        return { schedules, pending: pending.filter(isRecord) };
    }, []);
    return (
        <>
            <Problem text={error} />
            {value?.schedules.length === 0 ? (
                <Empty title="No schedule">
                    A resource of the type <code>{schedule}</code> in the program adds one.
                </Empty>
            ) : (
                <table class="list">
                    <thead>
                        <tr>
                            <th>Schedule</th>
                            <th>When</th>
                            <th>Starts</th>
                        </tr>
                    </thead>
                    <tbody>
                        {(value?.schedules ?? []).map(({ id, urn, expression, target }) => (
                            <tr key={urn}>
                                <td>
                                    <a href={`${href()}?node=${encodeURIComponent(urn)}`}>
                                        {shortName(id.split("/").at(-1) ?? id)}
                                    </a>
                                </td>
                                <td>
                                    <code>{expression}</code>
                                </td>
                                <td>{shortName(target)}</td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            )}
            <h2 class="apart">Still to be done</h2>
            <Note page="data/schedules" />
            {extension().isReadOnly ? null : value?.pending.length === 0 ? (
                <Empty title="Nothing waits">
                    Asynchronous invocations, and events that are tried again, show here: press an action on the{" "}
                    <a href={href()}>flow</a>.
                </Empty>
            ) : (
                <table class="list">
                    <thead>
                        <tr>
                            <th>What</th>
                            <th>Due</th>
                            <th class="number">Attempt</th>
                            <th>With</th>
                        </tr>
                    </thead>
                    <tbody>
                        {(value?.pending ?? []).slice(0, 100).map(({ kind, dueAt, attempt, payload }, index) => (
                            <tr key={index}>
                                <td>{String(kind)}</td>
                                <td>
                                    <Time at={Number(dueAt)} />
                                </td>
                                <td class="number">{String(attempt)}</td>
                                <td>
                                    <Details name={`pending ${index}`} head="its data">
                                        <Json value={payload} label="Data" />
                                    </Details>
                                </td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            )}
        </>
    );
}
