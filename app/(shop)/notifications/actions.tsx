"use server";

import { revalidatePath } from "next/cache";
import { startReading } from "../reading";
import { NoticeList } from "./notice-list";
import { readNotices } from "./notices";
import type { MorePage } from "@/components/load-more";
import { shopperAction } from "@/lib/act";
import { requireShopper } from "@/lib/auth";
import { dayOf } from "@/lib/day";
import { markAllRead, markRead } from "@/lib/notifications/commands";
import { NothingInput, ReadInput } from "@/lib/notifications/schema";
import { succeed } from "@/lib/outcome";
import { perform } from "@/lib/perform";
import { shopperActor } from "@/lib/staff";

const read = shopperAction(ReadInput, async (shopper, input) => succeed(await perform(shopperActor(shopper), (ctx) => markRead(ctx, input))));
const readAll = shopperAction(NothingInput, async (shopper) => succeed(await perform(shopperActor(shopper), markAllRead)));

export async function readNotice(id: number): Promise<void> {
  const outcome = await read({ id });
  if (outcome.ok) revalidatePath("/", "layout");
}

export async function readAllNotices(): Promise<void> {
  await readAll({});
  revalidatePath("/", "layout");
}

/** The next page of notices, ready to be appended. */
export async function loadNotices(cursor: string): Promise<MorePage> {
  const [reading, shopper] = await Promise.all([startReading(), requireShopper("/notifications")]);
  const page = await readNotices(reading, shopper.id, String(cursor).slice(0, 40), (at) => dayOf(at, reading.policy.timeZone));
  return { next: page.next, items: <div className="mt-6"><NoticeList notices={page.notices} reading={reading} continues={page.continues} /></div> };
}
