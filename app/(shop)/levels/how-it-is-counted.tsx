import { getTranslations } from "next-intl/server";
import type { Reading } from "../reading";
import { Panel } from "@/components/ui/card";
import { formatZone } from "@/lib/i18n";

/** The terms in force, written from the settings themselves. */
export async function HowItIsCounted({ reading: { locale, policy, now } }: { reading: Reading }) {
  const t = await getTranslations("levels.how");
  const { levelBasis, levelWindowDays, levelDowngrade, levelGraceDays, timeZone } = policy;
  const down = levelDowngrade === "none" || levelGraceDays > 0 ? t(`down.${levelDowngrade}`, { days: levelGraceDays }) : t(`downToday.${levelDowngrade}`);
  return (
    <Panel aria-labelledby="how">
      <h2 id="how" className="mb-2 text-section font-semibold">{t("title")}</h2>
      <ul className="grid list-disc gap-1.5 ps-5 text-dense text-muted">
        <li>{t(`counts.${levelBasis}`, { days: levelWindowDays })}</li>
        <li>{t(`notCounted.${levelBasis}`)}</li>
        <li>{t("up")}</li>
        <li>{down}</li>
        <li>{t("multiplier")}</li>
        <li>{t("zone", { zone: formatZone(locale, timeZone, now) })}</li>
      </ul>
    </Panel>
  );
}
