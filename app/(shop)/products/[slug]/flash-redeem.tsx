"use client";

import type { Route } from "next";
import { lazy, Suspense, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import type { FlashWords } from "./flash-panel";
import type { RedeemOffer } from "./redeem-form";
import { FlashCountdown, FlashProgress } from "@/components/flash/flash-meter";
import { useFlash, type FlashNow, type FlashSight } from "@/components/flash/use-flash";
import { buttonClass } from "@/components/ui/button";
import type { FormAction } from "@/components/ui/form-state";

const loadSheet = () => import("./redeem-sheet");
const RedeemSheet = lazy(loadSheet);

/** Why this person cannot take part, whatever the time. */
export type FlashObstacle = "guest" | "frozen" | "locked" | "limitReached";

type FlashRedeemProps = {
  id: number;
  sight: FlashSight;
  obstacle: FlashObstacle | null;
  signIn: Route;
  words: FlashWords;
  /** Beside the button under the thumb. */
  price: ReactNode;
  /** Orders wait for cash: their pieces may come back. */
  comesBack: boolean;
  offer: RedeemOffer | null;
};

/** The countdown and the button, which follow the sale without a reload. */
export function FlashRedeem({ id, sight, obstacle, signIn, words, price, comesBack, offer }: FlashRedeemProps) {
  const { look, ...now } = useFlash(id, sight);
  const [isOpen, setOpen] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const action = useMemo(() => offer && patiently(offer.action, look), [offer, look]);
  useEffect(() => void (offer && loadSheet()), [offer]);

  function open() {
    setAsked(true);
    setOpen(true);
  }

  const state = stateOf(now);
  const isMine = state === "open" && (obstacle === null || obstacle === "guest");
  const root = useRef<HTMLDivElement>(null);
  // The page hides the shop's own offer while this one is open: nobody pays more by mistake.
  useEffect(() => void root.current?.closest("section")?.setAttribute("data-open", String(isMine)), [isMine]);

  return (
    <div ref={root} className="mt-3 grid gap-3">
      <FlashCountdown now={now} words={words.meter} />
      <FlashProgress now={now} words={words.meter} />
      <div className={isMine ? "max-lg:fixed max-lg:inset-x-0 max-lg:bottom-[calc(57px+env(safe-area-inset-bottom))] max-lg:z-10 max-lg:flex max-lg:items-center max-lg:gap-4 max-lg:border-t max-lg:border-border max-lg:bg-card max-lg:px-4 max-lg:py-3" : undefined}>
        {isMine && <span className="shrink-0 lg:hidden">{price}</span>}
        {state === "open" && obstacle === "guest"
          ? <a href={signIn} className={buttonClass({ look: "points", size: "cta" }, "min-w-0 w-full shrink!")}>{words.signIn}</a>
          : (
            <button type="button" aria-haspopup="dialog" disabled={state !== "open" || obstacle !== null} onClick={open} className={buttonClass({ look: "points", size: "cta" }, "min-w-0 w-full shrink!")}>
              {labelOf(state, obstacle, words)}
            </button>
          )}
      </div>
      {state === "waiting" && <p className="text-caption text-muted">{words.waitingHint}</p>}
      {state === "soldOut" && comesBack && <p className="text-caption text-muted">{words.soldOutHint}</p>}
      <Announcement state={state} words={words} />
      {isAsked && offer && action && <Suspense><RedeemSheet isOpen={isOpen} onClose={() => setOpen(false)} {...offer} action={action} /></Suspense>}
    </div>
  );
}

type SaleState = "waiting" | "open" | "soldOut" | "over";

const stateOf = ({ phase, stock }: FlashNow): SaleState => (phase === "soon" ? "waiting" : phase === "over" ? "over" : stock > 0 ? "open" : "soldOut");

function labelOf(state: SaleState, obstacle: FlashObstacle | null, words: FlashWords): string {
  if (state === "over") return words.over;
  if (obstacle && obstacle !== "guest") return words[obstacle];
  return state === "waiting" ? words.waiting : state === "soldOut" ? words.soldOut : words.redeem;
}

/** Says to those who do not see the button what has become of it; at first nothing has. */
function Announcement({ state, words }: { state: SaleState; words: FlashWords }) {
  const before = useRef(state);
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (before.current === state) return;
    const wasSoldOut = before.current === "soldOut";
    before.current = state;
    setSaid({ waiting: "", open: wasSoldOut ? words.nowBack : words.nowOn, soldOut: words.nowSoldOut, over: words.nowOver }[state]);
  }, [state, words]);
  return <p role="status" className="sr-only">{said}</p>;
}

const TIMES_MAX = 4;
const WAIT_MS = 400;

/** A queue that is full is asked again, later and later, with the same key: whatever came of the first time is told. */
const patiently = (action: FormAction, look: () => void): FormAction => async (before, form) => {
  for (let time = 1; ; time++) {
    const answer = await action(before, form);
    if ((answer.code !== "unavailable" && answer.code !== "too_many_requests") || time === TIMES_MAX) {
      look();
      return answer;
    }
    await new Promise((wake) => setTimeout(wake, WAIT_MS * 2 ** time * (0.5 + Math.random())));
  }
};
