"use client";

import { useEffect, useRef, useState } from "react";
import { formatPoints, type Locale } from "@/lib/i18n";

const ROLL_MS = 700;

/** A balance that rolls to its new figure when it changes. Read aloud, it is the figure it will be; where motion is unwelcome, it is that at once. */
export function RollingPoints({ points, locale }: { points: number; locale: Locale }) {
  const [shown, setShown] = useState(points);
  const from = useRef(points);

  useEffect(() => {
    const start = from.current;
    if (start === points) return;
    const lasts = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : ROLL_MS;
    const beganAt = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const part = lasts === 0 ? 1 : Math.min(1, Math.max(0, now - beganAt) / lasts);
      const eased = 1 - (1 - part) ** 3;
      from.current = Math.round(start + (points - start) * eased);
      setShown(from.current);
      if (part < 1) frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [points]);

  return (
    <span className="whitespace-nowrap tabular-nums">
      <span aria-hidden="true">{formatPoints(locale, shown)}</span>
      <span className="sr-only">{formatPoints(locale, points)}</span>
    </span>
  );
}
