/** What a change set, field by field: [before, after]. */
export type Changes = Record<string, [unknown, unknown]>;

/** The fields that differ. Dates and lists are compared by what they say. */
export function changesBetween(before: Record<string, unknown>, after: Record<string, unknown>): Changes {
  const isSame = (field: string): boolean => JSON.stringify(before[field] ?? null) === JSON.stringify(after[field] ?? null);
  return Object.fromEntries(Object.keys(after).filter((field) => !isSame(field)).map((field) => [field, [before[field] ?? null, after[field] ?? null]]));
}

export const prefixed = (prefix: string, changes: Changes): Changes => Object.fromEntries(Object.entries(changes).map(([field, change]) => [prefix + field, change]));

/** Readable where the name has Latin letters; always with a short `end`, so that two like names do not meet. */
export function slugFor(name: string, end: string, fallback: string): string {
  const words = name.toLowerCase().normalize("NFKD").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 50);
  return [words || fallback, end].join("-").replace(/-+/g, "-");
}
