import type { Invariant } from "./invariants";

/** Rows that break an invariant: ids at fault, and by how much. */
export type Violation = { invariant: string; rows: Record<string, unknown>[] };

/** What one invariant found wrong about one person. */
export type Finding = { userId: number; invariant: string; evidence: Evidence };
/** How many rows name the person, and the first of them. */
export type Evidence = { found: number; rows: Record<string, string | number | boolean | null>[] };

/** Rows of evidence that are kept; more say nothing new. */
const ROWS_KEPT = 10;

/** Findings that name a person, by person and invariant. What tells of the shop's own work holds nobody's account. */
export function findingsOf(violations: readonly Violation[], invariants: readonly Pick<Invariant, "name" | "isAboutShop">[]): Finding[] {
  const aboutShop = new Set(invariants.filter(({ isAboutShop }) => isAboutShop).map(({ name }) => name));
  return violations.filter(({ invariant }) => !aboutShop.has(invariant)).flatMap(({ invariant, rows }) => {
    const people = new Map<number, Record<string, unknown>[]>();
    for (const row of rows) if (typeof row.user_id === "number") people.set(row.user_id, [...(people.get(row.user_id) ?? []), row]);
    return [...people].map(([userId, theirs]) => ({ userId, invariant, evidence: evidenceOf(theirs) }));
  });
}

/** Rows as they are kept and shown: plain values only. */
export const evidenceOf = (rows: readonly Record<string, unknown>[]): Evidence => ({
  found: rows.length,
  rows: rows.slice(0, ROWS_KEPT).map((row) => Object.fromEntries(Object.entries(row).map(([field, value]) => [field, plain(value)]))),
});

function plain(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  return typeof value === "number" || typeof value === "boolean" ? value : String(value);
}
