"use client";

import { useEffect, useOptimistic, type ReactNode } from "react";
import { celebrate } from "./confetti";
import { Button } from "./ui/button";
import type { FormAction } from "./ui/form-state";
import { Notice } from "./ui/notice";
import { useFormAction } from "./ui/use-form-action";

/** What changes with a check-in. Both sides come from the server, so the change shows at once and in the right words. */
type Sides = { before: ReactNode; after: ReactNode };

type CheckInMomentProps = {
  action: FormAction;
  requestId: string;
  isDone: boolean;
  /** Frozen accounts and shops without a check-in rule. */
  isClosed: boolean;
  balance: Sides;
  streak: Sides;
  words: { cta: string; done: string; tomorrow: string; region: string; streakRegion: string };
  /** Shown under the balance. */
  children?: ReactNode;
  /** The streak that today's check-in makes. */
  streakDays: number;
};

const MILESTONES = [7, 30, 100, 365];

/** Balance, the day's one tap, and the week: the heart of the home page. */
export function CheckInMoment({ action, requestId, isDone, isClosed, balance, streak, words, children, streakDays }: CheckInMomentProps) {
  const [isShownDone, showDone] = useOptimistic(isDone);
  const { state, form } = useFormAction(action, () => showDone(true));
  const succeeded = state.status === "done";

  useEffect(() => {
    if (!succeeded) return;
    navigator.vibrate?.(10);
    if (MILESTONES.includes(streakDays)) void celebrate();
    // Only the answer sets it off; the streak that comes with the next render belongs to tomorrow.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [succeeded]);

  return (
    <>
      <section aria-label={words.region} className="hero-ring relative overflow-hidden rounded-hero bg-hero p-5 text-hero-fg md:p-7">
        <div className="flex items-end justify-between gap-3">
          <div className="min-w-0">
            <div key={String(isShownDone)} className={isShownDone !== isDone || succeeded ? "entering" : undefined}>{isShownDone ? balance.after : balance.before}</div>
            {children}
          </div>
          {isShownDone ? (
            <p className="shrink-0 text-end">
              <span className="inline-flex h-12 items-center gap-1.5 rounded-full bg-hero-fg/12 px-4 text-control font-semibold">✓ {words.done}</span>
              <span className="mt-1 block text-meta text-hero-muted tabular-nums">{words.tomorrow}</span>
            </p>
          ) : (
            <form {...form} className="shrink-0">
              <input type="hidden" name="requestId" value={requestId} />
              <Button type="submit" look="points" size="cta" disabled={isClosed}>{words.cta}</Button>
            </form>
          )}
        </div>
      </section>
      <p role="status" className={succeeded ? "mt-3 px-1 text-caption text-success" : "sr-only"}>{succeeded ? state.message : ""}</p>
      <div role="alert">{state.status === "refused" && <Notice tone="danger" className="mt-3">{state.message}</Notice>}</div>
      <section aria-label={words.streakRegion} className="mt-3 rounded-hero border border-border bg-card p-4">
        {isShownDone ? streak.after : streak.before}
      </section>
    </>
  );
}
