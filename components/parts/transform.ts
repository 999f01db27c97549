/** The escape hatch of a part: gets the arguments of one child as the part would make it, returns those to use. */
export type Transform<Args> = (args: Args) => Args;
