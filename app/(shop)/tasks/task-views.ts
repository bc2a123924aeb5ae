import "server-only";

import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import type { Reading } from "../reading";
import { inLanguage } from "../views";
import type { IconName } from "@/components/ui/icon";
import type { TaskMetric } from "@/db/schema/loyalty";
import { formatDayOf, formatPoints, formatTime } from "@/lib/i18n";
import type { NamedTask, PersonalTask } from "@/lib/tasks/queries";

export type TaskWords = Awaited<ReturnType<typeof getTranslations<"tasks">>>;

/** Where a task is worked on, and what stands for it. */
const places: Record<TaskMetric, { icon: IconName; href: Route | null }> = {
  profile: { icon: "user", href: "/profile" },
  redemptions: { icon: "bag", href: "/shop" },
  paid_orders: { icon: "receipt", href: "/shop" },
  check_ins: { icon: "calendar-check", href: "/check-in" },
  visits: { icon: "home", href: null },
  friends_visited: { icon: "users", href: "/invite" as Route },
  friends_joined: { icon: "users", href: "/invite" as Route },
  reviews: { icon: "edit", href: "/orders" },
  custom: { icon: "coin", href: null },
};
export const placeOf = (metric: TaskMetric) => places[metric];

export const nameOf = ({ locale }: Reading, task: Pick<NamedTask, "name" | "nameEn">): string => inLanguage(locale, task.name, task.nameEn);

/** What it asks for: the merchant's own words, or the definition read out. */
export function goalOf({ locale }: Reading, t: TaskWords, task: NamedTask): string {
  const own = inLanguage(locale, task.description, task.descriptionEn);
  if (own !== "") return own;
  const goal = t(`goals.${task.metric}`, { target: task.target });
  return task.windowDays === null ? goal : locale === "en" ? `${goal} ${t("window", { days: task.windowDays })}` : `${t("window", { days: task.windowDays })}${goal}`;
}

/** What it gives: points, cards, or both. */
export function rewardOf({ locale }: Reading, t: TaskWords, task: NamedTask): string {
  const points = task.rewardPoints > 0 ? [t("reward", { points: `+${formatPoints(locale, task.rewardPoints)}` })] : [];
  const cards = task.rewardPerk ? [t(`cards.${task.rewardPerk}`, { count: task.rewardPerkQuantity })] : [];
  return [...points, ...cards].join(t("and"));
}

/** How often, and until when. */
export function periodOf({ locale, policy }: Reading, t: TaskWords, { period, until }: Pick<PersonalTask, "period" | "until">): string {
  if (!until) return t("periods.once");
  const at = `${formatDayOf(locale, until, policy.timeZone, "day")} ${formatTime(locale, until, policy.timeZone)}`;
  return t(`periods.${period === "once" ? "ends" : period}`, { until: at });
}
