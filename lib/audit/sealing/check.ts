import { z } from "zod";

/** The name of a check of the seals among the runs of the jobs. */
export const AUDIT_CHECK = "audit-check";

const Place = z.object({ from: z.number().int(), to: z.number().int().nonnegative(), digest: z.string().regex(/^[0-9a-f]{64}$/) });

/** What a check of some seals found, as it is kept, and where the next one goes on. */
export const AuditCheck = z.object({
  seals: z.number().int(),
  rows: z.number().int(),
  /** Where each chain is checked next; a chain that is through begins again. */
  next: z.object({ events: Place, ledger: Place }),
  /** When each chain was last checked to its end, in milliseconds. */
  wholeAt: z.object({ events: z.number().nullable(), ledger: z.number().nullable() }),
  broken: z
    .object({
      chain: z.enum(["events", "ledger"]), from: z.number(), to: z.number(), fault: z.enum(["gap", "link", "seal", "content"]), found: z.number(), sealed: z.number(),
      rows: z.array(z.object({ id: z.number(), how: z.enum(["changed", "missing", "added"]) })),
    })
    .nullable(),
});

export type AuditCheck = z.infer<typeof AuditCheck>;

/** Up to where rows have settled, by what earlier runs saw: `settledMs` after an id was given out, every transaction that could hold it is over. */
const Seen = z.object({ seenAt: z.number(), newest: z.object({ events: z.number(), ledger: z.number() }) });
export type Seen = z.infer<typeof Seen>;

export function settledBy(reports: readonly unknown[], databaseTime: number, settledMs: number): Seen["newest"] {
  for (const report of reports) {
    const parsed = Seen.safeParse(report);
    if (parsed.success && parsed.data.seenAt <= databaseTime - settledMs) return parsed.data.newest;
  }
  return { events: 0, ledger: 0 };
}
