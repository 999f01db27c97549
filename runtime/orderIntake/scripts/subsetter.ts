import { readFile } from "node:fs/promises";

// HarfBuzz's subsetter has no wrapper of its own in harfbuzzjs: these are the functions of its C interface that are used.
export interface Subsetter {
    readonly memory: { readonly buffer: ArrayBuffer };
    _initialize(): void;
    malloc(bytes: number): number;
    free(pointer: number): void;
    hb_blob_create(data: number, bytes: number, mode: number, userData: number, destroy: number): number;
    hb_blob_destroy(blob: number): void;
    hb_blob_get_length(blob: number): number;
    hb_blob_get_data(blob: number, length: number): number;
    hb_face_create(blob: number, index: number): number;
    hb_face_destroy(face: number): void;
    hb_face_reference_blob(face: number): number;
    hb_set_add(set: number, value: number): void;
    hb_subset_input_create_or_fail(): number;
    hb_subset_input_destroy(input: number): void;
    hb_subset_input_glyph_set(input: number): number;
    hb_subset_input_set(input: number, kind: number): number;
    hb_subset_input_set_flags(input: number, flags: number): void;
    hb_subset_input_pin_axis_location(input: number, face: number, axis: number, value: number): number;
    hb_subset_or_fail(face: number, input: number): number;
}

// Node's types lack it.
declare const WebAssembly: {
    instantiate(code: Uint8Array): Promise<{ readonly instance: { readonly exports: unknown } }>;
};

const writable = 2;
const noHinting = 1;
const retainGlyphIds = 2;
const weightAxis = 0x77676874; // wght
const droppedTables = 3;
/** Baselines, which a PDF does not need: HarfBuzz refuses a font for a fault in them. */
const baselines = 0x42415345; // BASE

let loaded: Promise<Subsetter> | undefined;

/** To be awaited before `instanceOf`. @param file `harfbuzz-subset.wasm` */
export async function loadSubsetter(file: string): Promise<Subsetter> {
    loaded ??= readFile(file).then(async (code) => {
        const { instance } = await WebAssembly.instantiate(code);
        const subsetter = instance.exports as Subsetter;
        subsetter._initialize();
        return subsetter;
    });
    return loaded;
}

/** The font was refused, or there was no memory for it. */
class SubsetError extends Error {
    override readonly name = "SubsetError";
}

/** A font at one weight with the outlines of these glyphs alone, under the ids that they have. */
export function instanceOf(
    hb: Subsetter,
    font: Uint8Array,
    weight: number,
    glyphs: Iterable<number>,
): Uint8Array<ArrayBuffer> {
    const source = hb.malloc(font.byteLength);
    new Uint8Array(hb.memory.buffer).set(font, source);
    const blob = hb.hb_blob_create(source, font.byteLength, writable, 0, 0);
    const face = hb.hb_face_create(blob, 0);
    const input = hb.hb_subset_input_create_or_fail();
    const wanted = hb.hb_subset_input_glyph_set(input);
    for (const glyph of glyphs) hb.hb_set_add(wanted, glyph);
    hb.hb_subset_input_set_flags(input, noHinting | retainGlyphIds);
    hb.hb_set_add(hb.hb_subset_input_set(input, droppedTables), baselines);
    // A font of one weight has no such axis, and stays as it is.
    hb.hb_subset_input_pin_axis_location(input, face, weightAxis, weight);
    const subset = hb.hb_subset_or_fail(face, input);
    const result = subset === 0 ? 0 : hb.hb_face_reference_blob(subset);
    const start = result === 0 ? 0 : hb.hb_blob_get_data(result, 0);
    const length = result === 0 ? 0 : hb.hb_blob_get_length(result);
    const bytes = new Uint8Array(hb.memory.buffer, start, length).slice();
    hb.hb_blob_destroy(result);
    hb.hb_face_destroy(subset);
    hb.hb_subset_input_destroy(input);
    hb.hb_face_destroy(face);
    hb.hb_blob_destroy(blob);
    hb.free(source);
    if (bytes.byteLength === 0) throw new SubsetError("HarfBuzz made no subset of the font");
    return bytes;
}
