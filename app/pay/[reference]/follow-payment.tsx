"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";

const EVERY_MS = 2_500;
/** After so many questions nobody looks any more: it is asked more seldom. */
const EAGER_QUESTIONS = 48;
const SELDOM = 4;

type FollowPaymentProps = { reference: string; words: { waiting: string; still: string; paid?: string; checking?: string; notYet?: string } };

/** Asks how a payment stands until it stands otherwise, and then reads the page anew. With `paid` among its words, the buyer may ask too. */
export function FollowPayment({ reference, words }: FollowPaymentProps) {
  const router = useRouter();
  const [asked, setAsked] = useState<"no" | "now" | "notYet">("no");
  const [isLong, setIsLong] = useState(false);

  useEffect(() => {
    let turn = 0;
    const timer = setInterval(() => {
      turn++;
      if (turn === EAGER_QUESTIONS) setIsLong(true);
      if (document.hidden || (turn > EAGER_QUESTIONS && turn % SELDOM !== 0)) return;
      void isStillWaiting(reference).then((waits) => waits || router.refresh());
    }, EVERY_MS);
    const onReturn = () => void (document.hidden || isStillWaiting(reference).then((waits) => waits || router.refresh()));
    document.addEventListener("visibilitychange", onReturn);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onReturn);
    };
  }, [reference, router]);

  async function ask() {
    setAsked("now");
    if (await isStillWaiting(reference)) setAsked("notYet");
    else router.refresh();
  }

  const text = asked === "notYet" ? words.notYet : isLong ? words.still : words.waiting;
  return (
    <>
      <p aria-live="polite" className="text-dense text-pretty text-muted">{text}</p>
      {words.paid && <Button look="primary" size="cta" wide className="mt-4" disabled={asked === "now"} aria-busy={asked === "now" || undefined} onClick={ask}>{asked === "now" ? words.checking : words.paid}</Button>}
    </>
  );
}

/** No answer is no news. */
async function isStillWaiting(reference: string): Promise<boolean> {
  try {
    const response = await fetch(`/pay/${reference}/state`, { cache: "no-store" });
    return !response.ok || ((await response.json()) as { state: string }).state === "waiting";
  } catch {
    return true;
  }
}
