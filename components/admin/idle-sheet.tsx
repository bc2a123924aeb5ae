"use client";

import { useState } from "react";
import { fill } from "@/lib/i18n";
import { Button, buttonClass } from "../ui/button";
import { Sheet } from "../ui/sheet";
import type { IdlePhase } from "./idle";

export type IdleWords = { title: string; body: string; stay: string; overTitle: string; over: string; signIn: string; close: string };

type IdleSheetProps = { phase: Exclude<IdlePhase, "used">; minutes: number; endsAt: number; words: IdleWords; onStay: () => void };

/** Whether anybody is still there; and afterwards, over what they had typed, how to go on. */
export default function IdleSheet({ phase, minutes, endsAt, words, onStay }: IdleSheetProps) {
  const [isPutAway, setPutAway] = useState(false);
  if (phase === "asked") {
    const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" }).format(endsAt);
    return (
      <Sheet open onClose={onStay} title={words.title} closeLabel={words.stay} footer={<Button look="primary" wide onClick={onStay}>{words.stay}</Button>}>
        <p role="alert" className="text-pretty">{fill(words.body, { time })}</p>
      </Sheet>
    );
  }
  return (
    <Sheet
      open={!isPutAway} onClose={() => setPutAway(true)} title={words.overTitle} closeLabel={words.close}
      footer={<a href="/sign-in?next=/admin" target="_blank" rel="noopener" className={buttonClass({ look: "primary", wide: true })}>{words.signIn}</a>}
    >
      <p role="alert" className="text-pretty">{fill(words.over, { minutes })}</p>
    </Sheet>
  );
}
