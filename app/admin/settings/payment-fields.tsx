"use client";

import { useState } from "react";
import { Part, type FieldsProps, type SettingsWords } from "./fields";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { fill } from "@/lib/i18n";
import type { PaymentState } from "@/lib/payment-states";

/** The ways to pay: which the server has the keys of, and which of those are offered. */
export function PaymentFields({ policy, payments, words: { payment: words } }: FieldsProps) {
  const [off, setOff] = useState<readonly string[]>(policy.paymentsOff);
  const offered = payments.filter(({ name, missing }) => missing.length === 0 && !off.includes(name));
  return (
    <>
      <div role="status">
        {offered.length === 0 && <Notice tone="warning">{words.noneOffered}</Notice>}
        {offered.length > 0 && offered.every(({ mode }) => mode === "test") && <Notice>{words.allTest}</Notice>}
      </div>
      {payments.map((way) => (
        <Part key={way.name} id={`way-${way.name}`} title={words.names[way.name]}>
          <Way way={way} isOn={!policy.paymentsOff.includes(way.name)} words={words} onSwitch={(isOn) => setOff(isOn ? off.filter((name) => name !== way.name) : [...off, way.name])} />
        </Part>
      ))}
    </>
  );
}

type WayProps = { way: PaymentState; isOn: boolean; words: SettingsWords["payment"]; onSwitch: (isOn: boolean) => void };

function Way({ way: { name, missing, lacks, mode, callback }, isOn, words, onSwitch }: WayProps) {
  const isReady = missing.length === 0;
  return (
    <>
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={isReady ? "success" : "neutral"} progress={isReady ? "done" : "waiting"}>{isReady ? words.configured : words.notConfigured}</Badge>
        {isReady && <Badge tone={mode === "test" ? "warning" : "info"}>{words.modes[mode]}</Badge>}
      </p>
      {isReady ? (
        <label className="flex min-h-6 cursor-pointer items-start gap-2.5 text-dense font-medium">
          <input type="checkbox" name={`takes.${name}`} defaultChecked={isOn} onChange={(event) => onSwitch(event.target.checked)} aria-describedby={`takes-${name}-hint`} className="size-6 shrink-0 accent-primary" />
          <span className="pt-0.5">{words.offer}</span>
        </label>
      ) : (
        <>
          {isOn && <input type="hidden" name={`takes.${name}`} value="on" />}
          <p className="text-dense text-muted">{fill(words.missing, { names: missing.join(words.join) })}</p>
        </>
      )}
      {isReady && <p id={`takes-${name}-hint`} className="-mt-2.5 ps-8.5 text-caption text-muted">{words.offerHint}</p>}
      {isReady && lacks.map((extra) => <p key={extra} className="text-caption text-muted">{words.lacks[extra]}</p>)}
      {callback && (
        <p className="text-caption text-muted">
          {words.callback} <span className="font-mono break-all text-fg">{callback}</span> <CopyButton text={callback} label={words.copy} copiedLabel={words.copied} />
        </p>
      )}
    </>
  );
}
