import clsx from "clsx";
import { useLocale } from "next-intl";
import { formatInstant, type Locale } from "@/lib/i18n";

export type TimelineStep = { key: string; label: string; at: Date | null; state: "done" | "current" | "coming" | "ended"; note?: string };

/** Where an order is: steps taken, the one that waits, those to come. */
export function OrderTimeline({ steps, zone }: { steps: readonly TimelineStep[]; zone: string }) {
  const locale = useLocale() as Locale;
  return (
    <ol className="grid">
      {steps.map((step, index) => (
        <li key={step.key} aria-current={step.state === "current" ? "step" : undefined} className="grid grid-cols-[20px_1fr] gap-x-3">
          <div className="grid grid-rows-[24px_1fr] justify-items-center">
            <Mark state={step.state} />
            {index < steps.length - 1 && <span className={clsx("w-0.5", step.state === "done" ? "bg-primary" : "bg-border")} />}
          </div>
          <div className="pb-5">
            <p className={clsx("text-body", step.state === "coming" ? "text-muted" : "font-medium")}>{step.label}</p>
            {step.at && <time dateTime={step.at.toISOString()} className="text-caption text-muted">{formatInstant(locale, step.at, zone)}</time>}
            {step.note && <p className="text-caption text-muted">{step.note}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}

function Mark({ state }: { state: TimelineStep["state"] }) {
  return (
    <svg width="20" height="24" viewBox="0 0 20 24" aria-hidden="true" fill="none" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">
      {state === "done" && <><circle cx="10" cy="12" r="9" className="fill-primary" /><path d="m6.5 12.5 2.5 2.5 4.5-5.5" className="stroke-on-primary" /></>}
      {state === "current" && <><circle cx="10" cy="12" r="8" className="fill-primary-soft stroke-primary" /><circle cx="10" cy="12" r="3" className="fill-primary" /></>}
      {state === "coming" && <circle cx="10" cy="12" r="7" className="stroke-input" />}
      {state === "ended" && <><circle cx="10" cy="12" r="9" className="fill-danger" /><path d="m7 9 6 6m0-6-6 6" className="stroke-card" /></>}
    </svg>
  );
}
