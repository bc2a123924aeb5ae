import { getTranslations } from "next-intl/server";
import { Panel } from "@/components/ui/card";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { Prize } from "@/lib/checkin/prizes";
import { formatPoints, type Locale } from "@/lib/i18n";

/** Prizes for being here often, and how far one is. */
export async function Prizes({ prizes, locale }: { prizes: readonly Prize[]; locale: Locale }) {
  if (prizes.length === 0) return null;
  const t = await getTranslations("checkIn");
  const goalOf = ({ goal }: Prize): string => (goal.kind === "streak" ? t(goal.repeats ? "prizes.streakEvery" : "prizes.streak", { days: goal.days }) : t(`prizes.${goal.kind}`, { days: goal.days }));
  const rewardOf = ({ reward }: Prize): string =>
    reward.kind === "fixed" ? t("prizes.points", { points: formatPoints(locale, reward.points) }) : t(`prizes.${reward.perk}`, { count: reward.quantity });
  return (
    <Panel className="mb-4" aria-labelledby="prizes">
      <h2 id="prizes" className="mb-3 text-body font-semibold">{t("prizes.title")}</h2>
      <ul className="grid gap-4">
        {prizes.map((prize) => {
          const { ruleId, progress, goal, isReached } = prize;
          const name = goalOf(prize);
          return (
            <li key={ruleId} className="grid gap-1.5">
              <div className="flex items-baseline justify-between gap-3 text-dense">
                <span className="font-medium">{name}</span>
                <b className="shrink-0 font-semibold text-points tabular-nums">{rewardOf(prize)}</b>
              </div>
              <ProgressBar label={name} value={progress} max={goal.days} />
              <p className="text-caption text-muted tabular-nums">
                {t("prizes.progress", { done: progress, days: goal.days })}
                {isReached && <span className="ms-2 font-medium text-success">✓ {t("prizes.reached")}</span>}
              </p>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
