import clsx from "clsx";
import { useTranslations } from "next-intl";

/** `today` waits for its check-in. `top`: the ladder's highest reward. */
export type StripDayView = { key: string; label: string; state: "done" | "today" | "ahead"; points: number; top: boolean };

/** Seven days of the ladder: what was earned, what today brings, what is to come. */
export function CheckInStrip({ days }: { days: readonly StripDayView[] }) {
  const t = useTranslations("checkIn");
  return (
    <ol className="grid grid-cols-7 gap-1.5 md:gap-2.5">
      {days.map((day) => (
        <li
          key={day.key} aria-current={day.state === "today" ? "date" : undefined}
          className={clsx(
            "grid min-w-0 justify-items-center gap-0.5 rounded-control border-2 py-2 text-meta",
            day.state === "done" && "border-transparent bg-primary-soft text-primary",
            day.state === "today" && "border-points-fill bg-points-soft text-points",
            day.state === "ahead" && "border-transparent bg-sunken text-muted",
          )}
        >
          <span className="whitespace-nowrap">{day.label}</span>
          <b className={clsx("text-caption font-semibold tabular-nums", day.state === "ahead" && (day.top ? "text-streak" : "text-fg"))}>
            {day.state === "done" ? "✓" : `+${day.points}`}
          </b>
          {day.state === "done" && <span className="sr-only">{t("stripDone")}</span>}
        </li>
      ))}
    </ol>
  );
}
