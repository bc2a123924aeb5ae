"use server";

import { startReading } from "../reading";
import { readEntries, readEntryFilter } from "./entries";
import { LedgerList } from "@/components/ledger-list";
import type { MorePage } from "@/components/load-more";
import { requireShopper } from "@/lib/auth";

/** The next page of the ledger, ready to be appended. */
export async function loadEntries(filter: string, cursor: string): Promise<MorePage> {
  const [reading, shopper] = await Promise.all([startReading(), requireShopper("/wallet")]);
  const page = await readEntries(reading, shopper.id, readEntryFilter(String(filter)), String(cursor).slice(0, 60));
  return { next: page.next, items: <LedgerList entries={page.entries} zone={reading.policy.timeZone} continues={page.continues} /> };
}
