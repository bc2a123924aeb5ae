"use client";

import { useEffect, useState } from "react";
import type { Outcome } from "@/lib/outcome";

export type NamedChoice = { id: number; name: string };
/** Asks the server for more by a name. */
export type FindChoices = (text: string) => Promise<Outcome<NamedChoice[]>>;

const PAUSE_MS = 250;
const NONE: readonly NamedChoice[] = [];

/**
 * The choices that the page came with, and, where those are not all, what the server finds by the text when the hand rests. Whatever was found
 * once stays, so that what was chosen of it stays too. Without an answer there is what there was.
 */
export function useFound(choices: readonly NamedChoice[], text: string, find: FindChoices | null): { all: readonly NamedChoice[]; isAsking: boolean } {
  const [found, setFound] = useState(NONE);
  const [answered, setAnswered] = useState("");
  const wanted = text.trim();
  useEffect(() => {
    if (!find || wanted === "") return;
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const answer = await find(wanted).catch(() => null);
      if (!isCurrent) return;
      setAnswered(wanted);
      if (answer?.ok) setFound((before) => withoutTwice([...before, ...answer.value]));
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [find, wanted]);
  return { all: withoutTwice([...choices, ...found]), isAsking: find !== null && wanted !== "" && answered !== wanted };
}

const withoutTwice = (choices: readonly NamedChoice[]): readonly NamedChoice[] => [...new Map(choices.map((choice) => [choice.id, choice])).values()];

/** Whether a name has every word of the text. */
export const hasWords = ({ name }: NamedChoice, text: string): boolean => text.toLowerCase().split(/\s+/).every((word) => name.toLowerCase().includes(word));

/** From so many on, choices have a field that narrows them down. */
export const FILTER_FROM = 8;
