"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from "react";
import { celebrate } from "@/components/confetti";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { useFormAction } from "@/components/ui/use-form-action";

/** A result never waits longer than this for the wheel. */
const TURN_MS = 2_600;
const TURNS = 5;

type SpinnerProps = {
  action: FormAction;
  drawId: number;
  requestId: string;
  pointsShown: number;
  slices: number;
  /** Why nobody can press the button now; null when they can. */
  obstacle: ReactNode;
  words: { spin: string; pending: string; skip: string; retry: string };
  /** The wheel, as the server drew it. */
  children: ReactNode;
};

/** The wheel and its one button. Only the server's answer turns the wheel; the page is read anew once it stands still. */
export function Spinner({ action, drawId, requestId, pointsShown, slices, obstacle, words, children }: SpinnerProps) {
  const router = useRouter();
  const { wheel, isTurning, turnTo, skip } = useWheel(slices);
  const { state, isPending, form } = useFormAction(async (before, data) => {
    const answer = await action(before, data);
    if (answer.status === "done") await turnTo(Number(answer.values?.slice ?? 0));
    if (answer.values?.won === "1") {
      navigator.vibrate?.(10);
      void celebrate();
    }
    return answer;
  });
  // Without an answer the page keeps its request, so that another try is the same spin.
  const isAnswered = state.status === "done" || state.code !== undefined;
  useEffect(() => {
    if (isAnswered) router.refresh();
  }, [state, isAnswered, router]);
  // Until the page has come back it holds the request of the last spin: pressed again it would be that spin.
  const isStale = state.status === "done" && state.values?.requestId === requestId;
  const isBusy = isPending || isStale;

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    if (isBusy) return event.preventDefault();
    form.onSubmit(event);
  }

  return (
    <div className="grid justify-items-center gap-4">
      <div className="relative w-full max-w-80 pt-3">
        <svg viewBox="0 0 24 20" width="28" height="24" aria-hidden="true" className="absolute inset-x-0 top-0 z-10 mx-auto fill-streak stroke-card"><path d="M12 19 2 3q-1-2 1-2h18q2 0 1 2z" strokeWidth="1.5" /></svg>
        <div ref={wheel} className="aspect-square w-full">{children}</div>
      </div>
      <form {...form} onSubmit={onSubmit} className="w-full max-w-80">
        <input type="hidden" name="requestId" value={requestId} />
        <input type="hidden" name="drawId" value={drawId} />
        <input type="hidden" name="pointsShown" value={pointsShown} />
        {/* One button throughout, so that the keyboard stays on it. */}
        <Button
          type={isTurning ? "button" : "submit"} look={isTurning ? "secondary" : "points"} size="cta" wide onClick={isTurning ? skip : undefined}
          disabled={obstacle !== null && !isPending} aria-disabled={(isBusy && !isTurning) || undefined} aria-busy={(isBusy && !isTurning) || undefined}
        >
          {isTurning ? words.skip : isPending ? words.pending : state.status === "refused" && state.code === undefined ? words.retry : words.spin}
        </Button>
      </form>
      <div role="status" className="grid w-full justify-items-center gap-3 text-center empty:hidden">
        {state.status === "done" && !isPending && (
          <>
            <p className={state.values?.won === "1" ? "entering text-section font-semibold text-points" : "entering text-body font-medium"}>{state.message}</p>
            <p className="text-caption text-muted tabular-nums">{state.values?.number}</p>
            {state.values?.link && <ButtonLink href={state.values.href as Route}>{state.values.link}</ButtonLink>}
          </>
        )}
      </div>
      {obstacle !== null && !isPending && <div className="w-full text-center text-dense text-muted">{obstacle}</div>}
      <div role="alert" className="w-full empty:hidden">{state.status === "refused" && !isPending && <Notice tone="danger">{state.message ?? Object.values(state.fields ?? {})[0]}</Notice>}</div>
    </div>
  );
}

/** Turns the wheel until a slice is at the top. Motion that is unwelcome is left out: the wheel stands there at once. */
function useWheel(slices: number) {
  const wheel = useRef<HTMLDivElement>(null);
  const turning = useRef<Animation | null>(null);
  const angle = useRef(0);
  const [isTurning, setTurning] = useState(false);

  async function turnTo(slice: number): Promise<void> {
    if (!wheel.current) return;
    const from = angle.current;
    angle.current = from - (from % 360) + 360 * TURNS + ((360 - (slice * 360) / slices) % 360);
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    turning.current = wheel.current.animate(
      [{ transform: `rotate(${from}deg)` }, { transform: `rotate(${angle.current}deg)` }],
      { duration: isStill ? 0 : TURN_MS, easing: "cubic-bezier(0.15, 0.75, 0.2, 1)", fill: "forwards" },
    );
    if (isStill) return;
    setTurning(true);
    // A page in the background draws no frames: its wheel stands still, and the result does not wait for it.
    await Promise.race([turning.current.finished.catch(() => null), new Promise((wake) => setTimeout(wake, TURN_MS + 200))]);
    setTurning(false);
  }

  return { wheel, isTurning, turnTo, skip: () => turning.current?.finish() };
}
