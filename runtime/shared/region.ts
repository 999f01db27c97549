/**
 * What an item says of where it was written, in the tables whose streams are followed. Of a table that is in two regions
 * both streams carry it, and the region that wrote it acts upon it (`changes` in components/parts/table.ts). Lambda sets
 * the variable.
 */
export const writtenHere: { readonly region: string | undefined } = { region: process.env["AWS_REGION"] };
