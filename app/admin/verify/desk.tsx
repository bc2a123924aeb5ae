"use client";

import dynamic from "next/dynamic";
import { useActionState, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Desk as DeskState, DeskWords } from "./desk-state";
import { Found } from "./found";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";

const Scanner = dynamic(() => import("./scanner").then((module) => module.Scanner), { ssr: false });

type DeskProps = { find: (state: DeskState, form: FormData) => Promise<DeskState>; handOver: Parameters<typeof Found>[0]["action"]; words: DeskWords };

const NOTHING: DeskState = { refused: null, code: "", found: null };

/** The counter: one big field, or the camera; then whose order it is, and one button. Everything is in reach of a thumb. */
export function Desk({ find, handOver, words }: DeskProps) {
  const [state, look, isPending] = useActionState(find, NOTHING);
  const [isDone, setDone] = useState<DeskState | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const found = state.found;

  useEffect(() => {
    if (state.refused !== null) field.current?.select();
  }, [state]);

  function next() {
    setDone(state);
    if (field.current) field.current.value = "";
    field.current?.focus();
  }
  function scanned(code: string) {
    if (!field.current || isPending) return;
    field.current.value = code;
    form.current?.requestSubmit();
  }
  return (
    <div className="mx-auto grid max-w-md gap-4">
      <Card>
        <form ref={form} action={look} className="grid gap-3">
          <label htmlFor="code" className="text-dense font-medium">{words.code}</label>
          <input
            ref={field} id="code" name="code" inputMode="numeric" autoComplete="off" autoFocus enterKeyHint="search" maxLength={15} defaultValue={state.code} key={state.code} placeholder="000 000 000"
            aria-invalid={state.refused !== null || undefined} aria-describedby="code-refused"
            className="h-16 w-full rounded-control border border-input bg-card text-center font-mono text-figure tracking-wider tabular-nums placeholder:text-muted/50 aria-invalid:border-danger"
          />
          <div id="code-refused" role="alert" className="empty:hidden">{state.refused && <Notice tone="danger">{state.refused}</Notice>}</div>
          <Button type="submit" look="primary" size="cta" wide disabled={isPending} aria-busy={isPending || undefined}>{isPending ? words.pending : words.find}</Button>
        </form>
        <Scan words={words} onCode={scanned} />
      </Card>
      {found && isDone !== state && <Found key={found.requestId} found={found} code={state.code} action={handOver} words={words} onNext={next} />}
    </div>
  );
}

const never = () => () => undefined;
const canScan = (): boolean => "BarcodeDetector" in globalThis && Boolean(navigator.mediaDevices?.getUserMedia);

/** Only where the browser itself reads codes. */
function Scan({ words, onCode }: { words: DeskWords; onCode: (code: string) => void }) {
  const isPossible = useSyncExternalStore(never, canScan, () => false);
  const [isOn, setOn] = useState(false);
  if (!isPossible) return null;
  return (
    <div className="mt-3 grid gap-3">
      <Button size="medium" wide onClick={() => setOn(!isOn)} aria-expanded={isOn}><Icon name="scan" size={18} />{isOn ? words.stop : words.scan}</Button>
      {isOn && <Scanner words={words} onCode={(code) => { setOn(false); onCode(code); }} />}
    </div>
  );
}
