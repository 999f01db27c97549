import { useEffect, useState } from "preact/hooks";
import { get, useLoaded } from "./api.ts";
import { extension } from "./extension.ts";
import { afterEntries } from "./live.ts";
import { onPage, Pages, pageNow } from "./paging.tsx";
import { Empty, Facts, Note, PageHead, Problem, Tabs, Time } from "./parts.tsx";
import { href, query, setQuery } from "./router.ts";
import type { Mail } from "./types.ts";

export function MailPage({ parts: [id] }: { readonly parts: readonly string[] }) {
    const { value, error, reload } = useLoaded(() => get<readonly Mail[]>("mail", pageNow()), [pageNow().offset]);
    useEffect(() => afterEntries(({ what }) => what === "mail", reload), []);
    const mail = value?.find((each) => each.id === id) ?? value?.[0];
    return (
        <>
            <PageHead
                title="Mail"
                lead={extension().isReadOnly ? "" : "What the program would have sent: nothing leaves this machine"}
            />
            <Note page="mail" />
            <Problem text={error} />
            {value?.length === 0 && extension().noteOf?.("mail") !== undefined ? null : value?.length === 0 ? (
                <Empty title="No mail yet">
                    What the program would send shows here: press an action on the <a href={href()}>flow</a>.
                </Empty>
            ) : (
                <div class="split mails">
                    <div>
                        <ul class="names" aria-label="Mails">
                            {onPage(value).map((each) => (
                                <li key={each.id}>
                                    <a
                                        href={href("mail", each.id) + window.location.search}
                                        aria-current={each === mail ? "page" : undefined}
                                    >
                                        <strong>{each.subject}</strong>
                                        <span class="muted">{each.to.join(", ")}</span>
                                        <Time at={each.time} />
                                    </a>
                                </li>
                            ))}
                        </ul>
                        <Pages of={value ?? []} />
                    </div>
                    {mail !== undefined && <MailView key={mail.id} mail={mail} />}
                </div>
            )}
        </>
    );
}

/** As text, as HTML in a frame that runs nothing, and as its source. */
export function MailView({ mail }: { readonly mail: Mail }) {
    const parts = useParts(mail);
    const tabs = [
        ...(parts.text === undefined ? [] : [{ id: "text", title: "Text" }]),
        ...(parts.html === undefined ? [] : [{ id: "html", title: "HTML" }]),
        { id: "source", title: "Source" },
    ];
    const chosen = query.value.get("part");
    const tab = tabs.find(({ id }) => id === chosen)?.id ?? tabs[0]?.id ?? "source";
    return (
        <article class="card">
            <h2>{mail.subject}</h2>
            <Facts
                of={[
                    ["from", mail.from],
                    ["to", mail.to.join(", ")],
                    ["sent by", mail.sentBy.toUpperCase()],
                    ["at", <Time key="t" at={mail.time} />],
                    ...(parts.attachments.length > 0 ? [["attached", parts.attachments.join(", ")] as const] : []),
                ]}
            />
            <Tabs label="Parts" tabs={tabs} current={tab} onChange={(id) => setQuery({ part: id })}>
                {tab === "text" && (
                    <pre class="mail-text" tabIndex={0}>
                        {parts.text}
                    </pre>
                )}
                {tab === "html" && (
                    <iframe
                        class="preview"
                        sandbox=""
                        src={`/_local/mail?id=${encodeURIComponent(mail.id)}&part=html`}
                        title="The mail as HTML"
                    />
                )}
                {tab === "source" && (
                    <iframe
                        class="preview"
                        sandbox=""
                        src={`/_local/mail?id=${encodeURIComponent(mail.id)}&part=source`}
                        title="The source of the mail"
                    />
                )}
            </Tabs>
        </article>
    );
}

interface Parts {
    readonly text: string | undefined;
    readonly html: string | undefined;
    readonly attachments: readonly string[];
}

/** Of a mail that was given as MIME its parts; the parser is loaded when there is one. */
function useParts({ text, html, raw }: Mail): Parts {
    const [parts, setParts] = useState<Parts>({ text, html, attachments: [] });
    useEffect(() => {
        if (raw === undefined) return;
        void import("postal-mime").then(async ({ default: PostalMime }) => {
            const { text: own, html: page, attachments } = await PostalMime.parse(raw);
            setParts({
                text: own,
                html: page,
                attachments: attachments.map(({ filename, mimeType }) => filename ?? mimeType),
            });
        });
    }, [raw]);
    return parts;
}
