"use client";

import { useCallback, useEffect, useRef, useState, type RefObject } from "react";

const PAUSE_MS = 250;

/** What a form says in words, asked for when the hands rest. An answer that was overtaken by another question is dropped. */
export function useRulePreview<Preview>(form: RefObject<HTMLFormElement | null>, { first, ask }: { first: Preview; ask: (form: FormData) => Promise<Preview> }): { preview: Preview; refresh: () => void } {
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
