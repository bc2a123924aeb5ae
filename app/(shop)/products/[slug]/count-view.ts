import "server-only";

import { headers } from "next/headers";
import { after } from "next/server";
import { noteView } from "@/lib/catalog/viewing/lanes";
import type { UserId } from "@/lib/ctx";
import { log } from "@/lib/log";

/**
 * Notes, once the page has been sent, that somebody who is signed in looked at a product. A page that a browser loads ahead is no look;
 * the shop's own links load no more than the page's skeleton ahead, so this is not reached.
 */
export async function countView(userId: UserId, productId: number): Promise<void> {
  const asked = await headers();
  if (/prefetch|prerender|preview/i.test(`${asked.get("sec-purpose") ?? ""} ${asked.get("purpose") ?? ""}`)) return;
  after(() => noteView({ userId, productId }).catch((error: unknown) => log.warn({ err: error }, "a look at a product was not noted")));
}
