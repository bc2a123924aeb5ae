import { getTranslations } from "next-intl/server";
import type { Reading } from "../reading";
import { inLanguage } from "../views";
import { LevelBadge } from "@/components/level-badge";
import type { UserId } from "@/lib/ctx";
import { findStanding } from "@/lib/levels/queries";

/** The level of whoever looks; nothing where the shop has no levels. */
export async function MyLevelBadge({ reading: { db, locale }, userId, className }: { reading: Reading; userId: UserId; className?: string }) {
  const [level, t] = await Promise.all([findStanding(db, userId), getTranslations("levels")]);
  if (!level) return null;
  const name = inLanguage(locale, level.name, level.nameEn);
  return <LevelBadge name={name} label={t("myLevel", { level: name })} className={className} />;
}
