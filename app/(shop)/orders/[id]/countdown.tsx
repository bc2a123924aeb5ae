"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";

/** Minutes and seconds to a real deadline; the sentence beside it says the time in words. At zero the page is read anew. */
export function Countdown({ until }: { until: string }) {
  const router = useRouter();
  const [secondsLeft, setSecondsLeft] = useState<number | null>(null);
  useEffect(() => {
    const tick = () => {
      const left = Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 1000));
      setSecondsLeft(left);
      if (left > 0) return;
      clearInterval(timer);
      router.refresh();
    };
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [until, router]);
  const text = secondsLeft === null ? "" : `${Math.floor(secondsLeft / 60)}:${String(secondsLeft % 60).padStart(2, "0")}`;
  return <span aria-hidden="true" className="min-w-10 text-end tabular-nums">{text}</span>;
}
