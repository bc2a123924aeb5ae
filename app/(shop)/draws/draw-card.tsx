import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import type { Reading } from "../reading";
import { inLanguage } from "../views";
import { Icon } from "@/components/ui/icon";
import type { UserId } from "@/lib/ctx";
import { freeSpinsLeft, type Draw } from "@/lib/draws/draw";
import { findOpenDraw, getChances } from "@/lib/draws/queries";
import { formatPoints } from "@/lib/i18n";

/** The way to the draw that is open now; nothing where none is. */
export async function DrawCard({ reading, userId }: { reading: Reading; userId: UserId | undefined }) {
  const [t, draw] = await Promise.all([getTranslations("draws.card"), findOpenDraw(reading.db, reading.now)]);
  if (!draw) return null;
  const name = inLanguage(reading.locale, draw.name, draw.nameEn);
  const isFree = await hasFreeSpin(reading, draw, userId);
  return (
    <Link href={`/draws/${draw.slug}` as Route} className="pressable mt-3 flex items-center gap-3 rounded-hero border border-border bg-card p-4 hover:border-input">
      <span className="grid size-10 shrink-0 place-items-center rounded-full bg-points-soft text-points"><Icon name="gift" size={20} /></span>
      <span className="min-w-0 grow">
        <b className="block text-body font-semibold">{t("title", { name })}</b>
        <span className="block text-caption text-muted">{isFree ? t("free") : draw.spinPoints > 0 ? t("price", { points: formatPoints(reading.locale, draw.spinPoints) }) : t("granted")}</span>
      </span>
      <Icon name="chevron-right" size={18} className="text-muted" />
    </Link>
  );
}

/** Of a guest it is not known, and a newcomer has theirs. */
async function hasFreeSpin({ today }: Reading, draw: Draw, userId: UserId | undefined): Promise<boolean> {
  if (draw.freeSpinsPerDay === 0) return false;
  return userId === undefined || freeSpinsLeft(draw, await getChances(userId, draw.id, today)) > 0;
}
