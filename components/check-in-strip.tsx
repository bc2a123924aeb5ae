import clsx from "clsx";
import { useTranslations } from "next-intl";
import { Icon } from "./ui/icon";

/** `today` waits for its check-in; a streak freeze covered what is `frozen`. `top`: the best reward of the week. */
export type StripDayView = { key: string; label: string; state: "done" | "frozen" | "today" | "ahead"; points: number; top: boolean };

const colours: Record<StripDayView["state"], string> = {
  done: "border-transparent bg-primary-soft text-primary",
  frozen: "border-transparent bg-info-soft text-info",
  today: "border-points-fill bg-points-soft text-points",
  ahead: "border-transparent bg-sunken text-muted",
};

/** Seven days of the streak: what was earned or protected, what today brings, what is to come. */
export function CheckInStrip({ days }: { days: readonly StripDayView[] }) {
  const t = useTranslations("checkIn");
  return (
    <ol className="grid grid-cols-7 gap-1.5">
      {days.map((day) => (
        <li
          key={day.key} aria-current={day.state === "today" ? "date" : undefined}
          className={clsx("grid min-w-0 justify-items-center gap-0.5 rounded-control border-2 py-2 text-meta", colours[day.state])}
        >
          <span className="whitespace-nowrap">{day.label}</span>
          {day.state === "frozen" ? (
            <span className="grid h-5 place-items-center"><Icon name="shield" size={16} /></span>
          ) : (
            <b className={clsx("text-caption font-semibold tabular-nums", day.state === "ahead" && (day.top ? "text-streak" : "text-fg"))}>
              {day.state === "done" ? "✓" : `+${day.points}`}
            </b>
          )}
          {day.state === "done" && <span className="sr-only">{t("stripDone")}</span>}
          {day.state === "frozen" && <span className="sr-only">{t("stripFrozen")}</span>}
        </li>
      ))}
    </ol>
  );
}
