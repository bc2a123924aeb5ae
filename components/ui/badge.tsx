import clsx from "clsx";
import type { ReactNode } from "react";

const tones = {
  neutral: "bg-sunken text-muted",
  info: "bg-info-soft text-info",
  success: "bg-primary-soft text-success",
  warning: "bg-warning-soft text-warning",
  danger: "bg-danger-soft text-danger",
  points: "bg-points-soft text-points",
  streak: "bg-streak-soft text-streak",
} as const;
export type Tone = keyof typeof tones;

/** ○ waiting, ◐ under way, ● done, ✕ ended: the shape says what the colour says. */
export type Progress = "waiting" | "underway" | "done" | "ended";

function Mark({ progress }: { progress: Progress }) {
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true" className="shrink-0">
      {progress === "ended" ? (
        <path d="M2 2l6 6M8 2 2 8" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
      ) : (
        <circle cx="5" cy="5" r="3.6" stroke="currentColor" strokeWidth="1.6" fill={progress === "done" ? "currentColor" : "none"} />
      )}
      {progress === "underway" && <path d="M5 1.4a3.6 3.6 0 0 0 0 7.2z" fill="currentColor" />}
    </svg>
  );
}

type BadgeProps = { tone?: Tone; progress?: Progress; className?: string; children: ReactNode };

export function Badge({ tone = "neutral", progress, className, children }: BadgeProps) {
  return (
    <span className={clsx("inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-caption font-medium whitespace-nowrap", tones[tone], className)}>
      {progress && <Mark progress={progress} />}
      {children}
    </span>
  );
}
