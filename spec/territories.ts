/** Countries that are also regions of another one. Each code stands for the other where that one has no rate. */
export const territories: Readonly<Record<string, readonly string[]>> = {
    ...{ AS: ["US-AS"], GU: ["US-GU"], MP: ["US-MP"], PR: ["US-PR"], UM: ["US-UM"], VI: ["US-VI"] },
    ...{ BL: ["FR-BL"], GF: ["FR-973"], GP: ["FR-971"], MF: ["FR-MF"], MQ: ["FR-972"], NC: ["FR-NC"], PF: ["FR-PF"] },
    ...{ PM: ["FR-PM"], RE: ["FR-974"], TF: ["FR-TF"], WF: ["FR-WF"], YT: ["FR-976"] },
    ...{ AW: ["NL-AW"], BQ: ["NL-BQ1", "NL-BQ2", "NL-BQ3"], CW: ["NL-CW"], SX: ["NL-SX"] },
    ...{ HK: ["CN-HK"], MO: ["CN-MO"], TW: ["CN-TW"], AX: ["FI-01"], SJ: ["NO-21", "NO-22"] },
};

/** The codes by which a country may have a rate, as a place in it has. */
export const codesOf = (country: string): readonly string[] => [country, ...(territories[country] ?? [])];
