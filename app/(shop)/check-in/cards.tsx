import { getTranslations } from "next-intl/server";
import type { Reading } from "../reading";
import { Panel } from "@/components/ui/card";
import { Icon, type IconName } from "@/components/ui/icon";
import type { CheckInStatus } from "@/lib/checkin/queries";

/** The cards a person holds, and what each is for. Left out where the programme has neither and none is held. */
export async function Cards({ reading: { policy }, status: { perks } }: { reading: Reading; status: CheckInStatus }) {
  const t = await getTranslations("checkIn");
  const cards: { name: "make_up_card" | "streak_freeze"; icon: IconName; isShown: boolean; hint: string }[] = [
    { name: "make_up_card", icon: "ticket", isShown: policy.makeUpDays > 0 && policy.makeUpsPerMonth > 0, hint: t("cards.makeUpHint") },
    { name: "streak_freeze", icon: "shield", isShown: policy.freezesHeldMax > 0, hint: t("cards.freezeHint", { max: policy.freezesHeldMax }) },
  ];
  const shown = cards.filter(({ name, isShown }) => isShown || perks[name] > 0);
  if (shown.length === 0) return null;
  return (
    <Panel className="mb-4" aria-labelledby="cards">
      <h2 id="cards" className="mb-3 text-body font-semibold">{t("cards.title")}</h2>
      <ul className="grid gap-3 sm:grid-cols-2">
        {shown.map(({ name, icon, hint }) => (
          <li key={name} className="flex items-start gap-3 rounded-control bg-sunken p-3">
            <span className={perks[name] > 0 ? "text-primary" : "text-muted"}><Icon name={icon} size={24} /></span>
            <span className="min-w-0 grow">
              <span className="flex items-baseline justify-between gap-2 text-dense font-medium">
                {t(`cards.${name}`)}
                <b className="tabular-nums">{t("cards.held", { count: perks[name] })}</b>
              </span>
              <span className="block text-caption text-muted">{hint}</span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
