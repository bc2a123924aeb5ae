"use client";

import { useCallback, useEffect, useRef, useState, type RefObject } from "react";
import type { PreviewAction, RulePreview } from "./rule-draft";

const PAUSE_MS = 250;

/** The rule as a sentence, asked for when the hands rest. An answer that was overtaken by another question is dropped. */
export function useRulePreview(form: RefObject<HTMLFormElement | null>, { first, ask }: { first: RulePreview; ask: PreviewAction }): { preview: RulePreview; refresh: () => void } {
  const [preview, setPreview] = useState(first);
  const asked = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isFirst = useRef(true);

  const refresh = useCallback(() => {
    // The page came with the sentence of what is saved.
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    clearTimeout(timer.current);
    timer.current = setTimeout(async () => {
      if (!form.current) return;
      const turn = (asked.current += 1);
      // Without an answer the last sentence stays: saving says what is wrong.
      const answer = await ask(new FormData(form.current)).catch(() => null);
      if (answer && turn === asked.current) setPreview(answer);
    }, PAUSE_MS);
  }, [form, ask]);

  useEffect(() => () => clearTimeout(timer.current), []);
  return { preview, refresh };
}
