/** Where a file is under a name that stays. */
export const fileKey = (target: string, name: string): string => `files/${target}/${name}`;
/** Below it is what runs write, which nobody else reads, and which expires. */
export const runKey = (run: string, name: string): string => `runs/${run}/${name}`;
