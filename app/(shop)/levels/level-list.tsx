import { getTranslations } from "next-intl/server";
import type { Reading } from "../reading";
import { inLanguage } from "../views";
import { timesOf } from "./times";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/card";
import { formatPoints } from "@/lib/i18n";
import type { Level } from "@/lib/levels/level";

type LevelListProps = { ladder: readonly Level[]; currentId: number | null; reading: Reading };

/** What each level asks for and what comes with it, from the first up. */
export async function LevelList({ ladder, currentId, reading: { locale, policy } }: LevelListProps) {
  const t = await getTranslations("levels");
  return (
    <Panel aria-labelledby="all-levels">
      <h2 id="all-levels" className="text-section font-semibold">{t("all")}</h2>
      <ol>
        {ladder.map((level) => {
          const isCurrent = level.id === currentId;
          const benefits = inLanguage(locale, level.benefits, level.benefitsEn).split("\n").filter((line) => line.trim() !== "");
          return (
            <li key={level.id} aria-current={isCurrent ? "true" : undefined} className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 border-t border-border py-4 first:border-t-0 last:pb-0">
              <h3 className="flex flex-wrap items-center gap-2 text-body font-semibold">
                {inLanguage(locale, level.name, level.nameEn)}
                {isCurrent && <Badge tone="success" progress="done">{t("here")}</Badge>}
              </h3>
              <p className="text-dense font-medium text-points tabular-nums">{t("multiplier", { times: timesOf(level.multiplierPercent) })}</p>
              <p className="text-caption text-muted tabular-nums col-span-2">
                {level.threshold === 0 ? t("thresholdFirst") : t(`threshold.${policy.levelBasis}`, { days: policy.levelWindowDays, threshold: formatPoints(locale, level.threshold) })}
              </p>
              {benefits.length > 0 && (
                <ul className="mt-1 grid list-disc gap-0.5 ps-5 text-dense col-span-2">{benefits.map((line) => <li key={line}>{line}</li>)}</ul>
              )}
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
