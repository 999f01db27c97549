/** It has no types of its own. */
declare module "linebreak" {
    // biome-ignore lint/style/noDefaultExport: the package has one.
    export default class LineBreaker {
        constructor(text: string);
        /** The next place where a line may or must end, before `position`. */
        nextBreak(): { readonly position: number; readonly required: boolean } | null;
    }
}
