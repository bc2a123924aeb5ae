"use client";

import { useState } from "react";
import { fill } from "@/lib/i18n";
import { Button, buttonClass } from "../ui/button";
import { Sheet } from "../ui/sheet";
import type { Ends, IdlePhase } from "./idle";

type Said = { title: string; body: string };
export type IdleWords = Record<"asked" | "over" | "ending" | "ended", Said> & { stay: string; signIn: string; close: string };

type IdleSheetProps = { phase: Exclude<IdlePhase, "used">; minutes: number; hours: number; ends: Ends; words: IdleWords; onStay: () => void };

/** What comes before the end of a session; and afterwards, over what they had typed, how to go on. */
export default function IdleSheet({ phase, minutes, hours, ends, words, onStay }: IdleSheetProps) {
  const [isPutAway, setPutAway] = useState(false);
  const putAway = () => setPutAway(true);
  const { title, body } = words[phase];
  const timeOf = (at: number): string => new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" }).format(at);
  const said = <p role="alert" className="text-pretty">{fill(body, { minutes, hours, time: timeOf(phase === "asked" ? ends.idleAt : ends.endsAt) })}</p>;
  if (phase === "asked") return <Sheet open onClose={onStay} title={title} closeLabel={words.stay} footer={<Button look="primary" wide onClick={onStay}>{words.stay}</Button>}>{said}</Sheet>;
  const footer = phase === "ending"
    ? <Button look="primary" wide onClick={putAway}>{words.close}</Button>
    : <a href="/sign-in?next=/admin" target="_blank" rel="noopener" className={buttonClass({ look: "primary", wide: true })}>{words.signIn}</a>;
  return <Sheet open={!isPutAway} onClose={putAway} title={title} closeLabel={words.close} footer={footer}>{said}</Sheet>;
}
