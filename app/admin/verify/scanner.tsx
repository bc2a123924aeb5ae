"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { DeskWords } from "./desk-state";
import { Notice } from "@/components/ui/notice";
import { readPickupCode } from "@/lib/orders/pickup-code";

type Detector = { detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]> };
declare const BarcodeDetector: new (options: { formats: string[] }) => Detector;

const LOOK_EVERY_MS = 250;

/** What the camera sees, until it sees a pick-up code. The camera is let go when this goes. */
export function Scanner({ words, onCode }: { words: DeskWords; onCode: (code: string) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [isRefused, setRefused] = useState(false);
  const report = useEffectEvent(onCode);
  useEffect(() => {
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setInterval> | undefined;
    let isGone = false;
    const stop = () => {
      isGone = true;
      clearInterval(timer);
      stream?.getTracks().forEach((track) => track.stop());
    };
    const look = async (detector: Detector) => {
      const codes = await detector.detect(video.current!).catch(() => []);
      const code = codes.map(({ rawValue }) => readPickupCode(rawValue)).find((each) => each !== null);
      if (!code || isGone) return;
      stop();
      report(code);
    };
    navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).then(async (opened) => {
      stream = opened;
      if (isGone || !video.current) return stop();
      video.current.srcObject = opened;
      await video.current.play();
      const detector = new BarcodeDetector({ formats: ["qr_code"] });
      timer = setInterval(() => void look(detector), LOOK_EVERY_MS);
    }).catch(() => setRefused(true));
    return stop;
  }, []);
  if (isRefused) return <Notice tone="warning" role="alert">{words.noCamera}</Notice>;
  return (
    <figure className="grid gap-1.5">
      <video ref={video} muted playsInline aria-label={words.camera} className="aspect-square w-full rounded-control bg-sunken object-cover" />
      <figcaption role="status" className="text-center text-caption text-muted">{words.scanning}</figcaption>
    </figure>
  );
}
