"use server";

import { getLocale, getTranslations } from "next-intl/server";
import { prizeName, type DrawWords } from "../draw-views";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { db } from "@/db/client";
import { shopperCommand } from "@/lib/act";
import { spin, type Spun } from "@/lib/draws/commands";
import { isWin } from "@/lib/draws/prize";
import { findRound } from "@/lib/draws/queries";
import { SpinInput } from "@/lib/draws/schema";
import { formatPoints, type Locale } from "@/lib/i18n";

const spinOnce = shopperCommand("spin", SpinInput, spin);

/** Spins once, however often it is pressed. The page is read anew by the browser when the wheel stands still: its numbers would tell the result before. */
export async function spinForm(_: FormState, form: FormData): Promise<FormState> {
  const fields = formFields(form);
  const [outcome, t, locale] = await Promise.all([spinOnce(fields), getTranslations("draws"), getLocale()]);
  if (!outcome.ok) return refusedState(outcome);
  const spun = outcome.value;
  const round = await findRound(db(), Number(fields.drawId), spun.day);
  const place = round?.prizes.findIndex(({ id }) => id === spun.rolled?.id) ?? -1;
  const won = isWin(spun.prize);
  return {
    status: "done",
    message: resultOf(t, locale, spun),
    values: {
      requestId: fields.requestId ?? "",
      slice: String(place >= 0 ? place : (round?.prizes.length ?? 0)),
      won: won ? "1" : "0",
      number: t("number", { nonce: spun.nonce, roll: String(spun.roll).padStart(6, "0") }),
      ...(spun.prize && won ? linkTo(t, spun.prize.kind as "points" | "coupon" | "make_up_card") : {}),
    },
  };
}

const places = { points: "/wallet", coupon: "/coupons", make_up_card: "/check-in" } as const;
const linkTo = (t: DrawWords, kind: keyof typeof places): { link: string; href: string } => ({ link: t(`links.${kind}`), href: places[kind] });

function resultOf(t: DrawWords, locale: Locale, { rolled, prize }: Spun): string {
  if (!rolled || rolled.kind === "nothing") return t("result.nothing");
  const name = prizeName(locale, rolled);
  if (!prize) return t("result.gone", { prize: name });
  switch (prize.kind) {
    case "points":
      return t("result.points", { prize: name, points: formatPoints(locale, prize.amount) });
    case "make_up_card":
      return t("result.make_up_card", { prize: name, count: prize.quantity });
    default:
      return t("result.coupon", { prize: name });
  }
}
