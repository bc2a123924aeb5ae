/** A LIKE pattern that finds `text` anywhere, its own wildcards taken literally. */
export const containing = (text: string): string => `%${text.slice(0, 100).replace(/[\\%_]/g, "\\$&")}%`;
