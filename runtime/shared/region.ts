/**
 * The region that wrote an item, for tables with stream consumers. The streams of both regions of a global table contain
 * it, and only the writing region processes it (`changes` in components/parts/table.ts). Lambda sets the variable.
 */
export const writtenHere: { readonly region: string | undefined } = { region: process.env["AWS_REGION"] };
