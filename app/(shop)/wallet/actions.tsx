"use server";

import type { ReactNode } from "react";
import { startReading } from "../reading";
import { readEntries, readEntryFilter } from "./entries";
import { EntryTrace, LotTrace, walletWhy } from "./trace";
import { LedgerList } from "@/components/ledger-list";
import type { MorePage } from "@/components/load-more";
import { requireShopper } from "@/lib/auth";

const CURSOR_MAX = 60;

/** The next page of the ledger, ready to be appended. */
export async function loadEntries(filter: string, source: string, cursor: string): Promise<MorePage> {
  const [reading, shopper] = await Promise.all([startReading(), requireShopper("/wallet")]);
  const page = await readEntries(reading, shopper.id, readEntryFilter(String(filter), String(source)), String(cursor).slice(0, CURSOR_MAX));
  return { next: page.next, items: <LedgerList entries={page.entries} months={page.months} zone={reading.policy.timeZone} continues={page.continues} trace={traceEntry} /> };
}

/** Where the points of one's own entry came from, or where they went. */
export async function traceEntry(entryId: number): Promise<ReactNode> {
  const [reading, shopper] = await Promise.all([startReading(), requireShopper("/wallet")]);
  return <EntryTrace reading={reading} userId={shopper.id} entryId={Number(entryId)} why={walletWhy} />;
}

/** What filled one's own lot and what took from it, up to an entry. */
export async function traceLot(entryIdMax: number, lotId: number): Promise<ReactNode> {
  const [reading, shopper] = await Promise.all([startReading(), requireShopper("/wallet/why")]);
  return <LotTrace reading={reading} userId={shopper.id} lotId={Number(lotId)} entryIdMax={Number(entryIdMax)} />;
}
