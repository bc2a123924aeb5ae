import clsx from "clsx";
import type { ReactNode } from "react";
import { IconShape, SIGNS } from "./icon-shape";

const tones = {
  info: ["bg-info-soft text-info", "info"],
  success: ["bg-primary-soft text-success", "check"],
  warning: ["bg-warning-soft text-warning", "alert"],
  danger: ["bg-danger-soft text-danger", "alert"],
  points: ["bg-points-soft text-points", "clock"],
} as const satisfies Record<string, readonly [string, keyof typeof SIGNS]>;

type NoticeProps = { tone?: keyof typeof tones; role?: "alert" | "status"; className?: string; children: ReactNode };

/** A sentence that stays on the page: a refusal, a warning, a result. */
export function Notice({ tone = "info", role, className, children }: NoticeProps) {
  const [colour, icon] = tones[tone];
  return (
    <div role={role} className={clsx("flex items-start gap-2.5 rounded-control px-3.5 py-3 text-dense", colour, className)}>
      <IconShape path={SIGNS[icon]} size={18} className="mt-px" />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
