import { getTranslations } from "next-intl/server";
import type { Reading } from "../reading";
import { Panel } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { getLadder } from "@/lib/checkin/queries";
import { formatPoints, formatZone } from "@/lib/i18n";

/** The rules in force, written from the configuration itself: rewards, zone, reset, validity. */
export async function Rules({ reading: { db, locale, policy, now } }: { reading: Reading }) {
  const [ladder, t] = await Promise.all([getLadder(db), getTranslations("checkIn")]);
  if (ladder.length === 0) return <Panel><p className="text-dense text-muted">{t("rules.closed")}</p></Panel>;
  return (
    <Panel>
      <h2 className="mb-3 text-body font-semibold">{t("ladder")}</h2>
      <ol className="grid grid-cols-[repeat(auto-fill,minmax(5.5rem,1fr))] gap-2">
        {ladder.map((points, index) => (
          <li key={index} className="grid justify-items-center rounded-control bg-sunken py-2 tabular-nums">
            <span className="text-meta text-muted">{t("ladderDay", { day: index + 1 })}</span>
            <b className={`text-dense font-semibold ${points === Math.max(...ladder) ? "text-streak" : "text-points"}`}>{t("ladderPoints", { points: formatPoints(locale, points) })}</b>
          </li>
        ))}
      </ol>
      <details className="group mt-3">
        <summary className="inline-flex min-h-11 list-none items-center gap-1 font-medium text-primary">
          {t("rules.title")}
          <Icon name="chevron-down" size={16} className="transition-transform group-open:rotate-180" />
        </summary>
        <ul className="grid list-disc gap-1.5 ps-5 text-dense text-muted">
          <li>{t("rules.once", { zone: formatZone(locale, policy.timeZone, now) })}</li>
          <li>{t("rules.cycle", { days: ladder.length })}</li>
          <li>{t("rules.reset")}</li>
          <li>{t("rules.noBackdating")}</li>
          <li>{t("rules.validity", { days: policy.pointValidityDays })}</li>
        </ul>
      </details>
    </Panel>
  );
}
