import "server-only";

import { getLocale } from "next-intl/server";
import { cache } from "react";
import { db, type Db } from "@/db/client";
import { currentShopper, recordVisit } from "@/lib/auth";
import { currentTime } from "@/lib/clock";
import { dayOf, type Day } from "@/lib/day";
import type { Locale } from "@/lib/i18n";
import type { Policy } from "@/lib/settings/policy";
import { getPolicy } from "@/lib/settings/queries";

/** With what a page reads: the database, the time, the programme's settings and the reader's language. */
export type Reading = { db: Db; now: Date; today: Day; policy: Policy; locale: Locale };

export async function startReading(): Promise<Reading> {
  const reader = db();
  const [policy, locale] = await Promise.all([getPolicy(reader), getLocale(), countVisit()]);
  const now = currentTime();
  return { db: reader, now, today: dayOf(now, policy.timeZone), policy, locale };
}

/** The day's visit is rewarded before anything is read: layout and page are rendered side by side. */
const countVisit = cache(async (): Promise<void> => {
  const shopper = await currentShopper();
  if (shopper) await recordVisit(shopper);
});

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

const PARAM_MAX = 200;

/** One value of the query string, never a list and never long. */
export async function readParams<Name extends string>(params: SearchParams, ...names: Name[]): Promise<Record<Name, string>> {
  const given = await params;
  return Object.fromEntries(names.map((name) => {
    const value = given[name];
    return [name, ((Array.isArray(value) ? value[0] : value) ?? "").trim().slice(0, PARAM_MAX)];
  })) as Record<Name, string>;
}
