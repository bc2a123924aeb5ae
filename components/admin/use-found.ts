"use client";

import { useEffect, useState } from "react";
import type { Outcome } from "@/lib/outcome";

import { useSettled } from "./use-settled";

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
  const settled = useSettled(wanted, PAUSE_MS);
  useEffect(() => {
    if (!find || settled === "") return;
    let isCurrent = true;
    void find(settled).catch(() => null).then((answer) => {
      if (!isCurrent) return;
      setAnswered(settled);
      if (answer?.ok) setFound((before) => withoutTwice([...before, ...answer.value]));
    });
    return () => {
      isCurrent = false;
    };
  }, [find, settled]);
  return { all: withoutTwice([...choices, ...found]), isAsking: find !== null && wanted !== "" && answered !== wanted };
}

const withoutTwice = (choices: readonly NamedChoice[]): readonly NamedChoice[] => [...new Map(choices.map((choice) => [choice.id, choice])).values()];

/** From so many on, choices have a field that narrows them down. */
export const FILTER_FROM = 8;
