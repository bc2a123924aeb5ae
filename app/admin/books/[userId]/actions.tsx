"use server";

import type { ReactNode } from "react";
import { EntryTrace, LotTrace, whyHref } from "../../../(shop)/wallet/trace";
import { startStaffReading } from "../../reading";
import type { Reading } from "../../../(shop)/reading";
import { mayOpenAccount } from "@/lib/accounts/permission";
import { findUserForStaff } from "@/lib/accounts/staff-queries";
import type { UserId } from "@/lib/ctx";
import { Refusal } from "@/lib/refusal";

/** What filled a person's lot and what took from it, for staff who may open the account. */
export async function traceLotOf(userId: number, entryIdMax: number, lotId: number): Promise<ReactNode> {
  const { reading, id } = await openAccount(userId);
  return <LotTrace reading={reading} userId={id} lotId={Number(lotId)} entryIdMax={Number(entryIdMax)} />;
}

/** Where the points of a person's entry came from, or where they went. */
export async function traceEntryOf(userId: number, entryId: number): Promise<ReactNode> {
  const { reading, id } = await openAccount(userId);
  return <EntryTrace reading={reading} userId={id} entryId={Number(entryId)} why={whyHref(`/admin/books/${id}`)} />;
}

/** An action is called by anybody with its name: it asks again what the page asked. */
async function openAccount(userId: number): Promise<{ reading: Reading; id: UserId }> {
  const reading = await startStaffReading("books.read", "/admin/books");
  const user = await findUserForStaff(reading.db, Number(userId), reading.now);
  if (!user || !mayOpenAccount(reading.staff, user)) throw new Refusal("forbidden");
  return { reading, id: user.id };
}
