"use client";

import { useEffect, useState } from "react";

/** A text once the hand has rested for so many milliseconds; at once when it is emptied. */
export function useSettled(text: string, pauseMs: number): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), text === "" ? 0 : pauseMs);
    return () => clearTimeout(timer);
  }, [text, pauseMs]);
  return text === "" ? "" : settled;
}
