import { getTranslations } from "next-intl/server";
import type { Reading } from "../reading";
import { inLanguage } from "../views";
import { timesOf } from "./times";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { ProgressBar } from "@/components/ui/progress-bar";
import { formatDayOf, formatPoints } from "@/lib/i18n";
import type { MyLevel as Mine } from "@/lib/levels/queries";

/** Where the reader stands, and how far the next level is. */
export async function MyLevel({ mine, reading: { locale, policy } }: { mine: Mine; reading: Reading }) {
  const t = await getTranslations("levels");
  const { level, next, basis, missing, graceUntil } = mine;
  const nameOf = ({ name, nameEn }: { name: string; nameEn: string }) => inLanguage(locale, name, nameEn);
  const counted = t(`counted.${policy.levelBasis}`, { days: policy.levelWindowDays, amount: formatPoints(locale, basis) });
  return (
    <Panel aria-labelledby="my-level" className="grid gap-4">
      <div className="flex flex-wrap items-center gap-4">
        <span className="grid size-14 shrink-0 place-items-center rounded-full bg-points-soft text-points"><Icon name="trophy" size={32} /></span>
        <div className="min-w-0 grow">
          <h2 id="my-level" className="text-caption text-muted">{t("mine")}</h2>
          <p className="text-title font-semibold">{nameOf(level)}</p>
        </div>
        <Badge tone="points">{t("multiplier", { times: timesOf(level.multiplierPercent) })}</Badge>
      </div>
      {next ? (
        <div className="grid gap-1.5">
          <ProgressBar label={t("progress", { level: nameOf(next) })} value={basis} max={next.threshold} />
          <p className="flex flex-wrap justify-between gap-x-4 text-caption tabular-nums">
            <span className="text-muted">{counted}</span>
            <span className="font-medium">
              {missing === 0 ? t("nextSoon", { level: nameOf(next) }) : t(`toNext.${policy.levelBasis}`, { missing: formatPoints(locale, missing), level: nameOf(next) })}
            </span>
          </p>
        </div>
      ) : <p className="text-caption text-muted tabular-nums">{counted} · {t("top")}</p>}
      {graceUntil && (
        <Notice tone="warning">
          {t(`grace.${policy.levelBasis}`, {
            days: policy.levelWindowDays, level: nameOf(level), threshold: formatPoints(locale, level.threshold),
            // The grace ends with a day: its last instant is still that day.
            day: formatDayOf(locale, new Date(graceUntil.getTime() - 1), policy.timeZone),
          })}
        </Notice>
      )}
    </Panel>
  );
}
