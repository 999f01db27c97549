/** Whether a text shows nothing: empty, or only of spaces and invisible characters. */
export const isBlank = (text: string): boolean =>
    /^[\s\p{Z}\p{M}\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]*$/u.test(text);
