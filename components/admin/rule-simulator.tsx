"use client";

import { useState, useTransition, type RefObject } from "react";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Field, Select } from "../ui/field";
import { Notice } from "../ui/notice";
import { useErrorCopy } from "../error-copy";

/** A simulation as it is shown: every number and sentence in the reader's language. */
export type SimulationView = {
  span: string;
  notes: readonly { tone: "success" | "warning" | "info"; text: string }[];
  figures: readonly { label: string; points: string; cost: string }[];
  people: string;
  rules: readonly { name: string; actual: string; simulated: string; difference: string }[];
  top: readonly { name: string; gain: string }[];
};
export type SimulationAnswer = { ok: true; view: SimulationView } | { ok: false; message: string };

export type SimulatorWords = Record<"title" | "hint" | "days" | "run" | "running" | "unit" | "byRule" | "rule" | "actual" | "simulated" | "difference" | "top" | "person" | "gain" | "nobody" | "costHint", string>;

export type SimulatorProps = { words: SimulatorWords; action: (form: FormData) => Promise<SimulationAnswer>; form: RefObject<HTMLFormElement | null> };

const DAYS = [7, 30, 60, 90];

/** Replays the past under what the form holds. The answer stays until the next one: it says of which draft it is by standing under its button. */
export function RuleSimulator({ words, action, form }: SimulatorProps) {
  const [answer, setAnswer] = useState<SimulationAnswer | null>(null);
  const [isPending, startTransition] = useTransition();
  const [days, setDays] = useState("30");
  const noAnswer = useErrorCopy()?.noAnswer;

  function run() {
    if (!form.current || isPending) return;
    const sent = new FormData(form.current);
    sent.set("$days", days);
    startTransition(async () => setAnswer(await action(sent).catch((): SimulationAnswer => ({ ok: false, message: noAnswer ?? "" }))));
  }

  return (
    <Card as="section" aria-labelledby="simulator-title">
      <h2 id="simulator-title" className="mb-1 text-section font-semibold">{words.title}</h2>
      <p className="mb-3 text-caption text-muted">{words.hint}</p>
      <div className="flex flex-wrap items-end gap-2">
        <Field id="simulator-days" label={words.days} className="grow">
          {(wiring) => (
            <Select {...wiring} shape="dense" value={days} onChange={(event) => setDays(event.target.value)}>
              {DAYS.map((each) => <option key={each} value={each}>{each} {words.unit}</option>)}
            </Select>
          )}
        </Field>
        <Button size="dense" onClick={run} disabled={isPending} aria-busy={isPending || undefined}>{isPending ? words.running : words.run}</Button>
      </div>
      <div role="status" className="mt-3 empty:mt-0">
        {answer && (answer.ok ? <Result view={answer.view} words={words} /> : <Notice tone="danger">{answer.message}</Notice>)}
      </div>
    </Card>
  );
}

function Result({ view, words }: { view: SimulationView; words: SimulatorWords }) {
  return (
    <div className="grid gap-3">
      <p className="text-caption text-muted">{view.span}</p>
      {view.notes.map(({ tone, text }) => <Notice key={text} tone={tone}>{text}</Notice>)}
      <dl className="grid gap-2">
        {view.figures.map(({ label, points, cost }) => (
          <div key={label} className="flex flex-wrap items-baseline justify-between gap-x-3">
            <dt className="text-dense">{label}</dt>
            <dd className="text-end text-dense tabular-nums"><span className="font-semibold">{points}</span> <span className="text-caption text-muted">{cost}</span></dd>
          </div>
        ))}
      </dl>
      <p className="text-caption text-muted">{words.costHint}</p>
      <p className="text-dense font-medium">{view.people}</p>
      {view.rules.length > 0 && (
        <Figures caption={words.byRule} columns={[words.rule, words.actual, words.simulated, words.difference]} rows={view.rules.map(({ name, actual, simulated, difference }) => [name, actual, simulated, difference])} />
      )}
      {view.top.length > 0 ? <Figures caption={words.top} columns={[words.person, words.gain]} rows={view.top.map(({ name, gain }) => [name, gain])} /> : <p className="text-caption text-muted">{words.nobody}</p>}
    </div>
  );
}

function Figures({ caption, columns, rows }: { caption: string; columns: readonly string[]; rows: readonly (readonly string[])[] }) {
  return (
    <div className="min-w-0 overflow-x-auto" tabIndex={0} role="group" aria-label={caption}>
      <table className="w-full text-caption">
        <caption className="mb-1 text-start font-medium">{caption}</caption>
        <thead>
          <tr>{columns.map((column, index) => <th key={column} scope="col" className={`border-b border-border py-1.5 pe-2 font-medium text-muted last:pe-0 ${index === 0 ? "text-start" : "text-end"}`}>{column}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map((row, line) => (
            <tr key={line} className="border-b border-border last:border-b-0">
              <th scope="row" className="py-1.5 pe-2 text-start font-normal">{row[0]}</th>
              {row.slice(1).map((cell, index) => <td key={index} className="py-1.5 pe-2 text-end tabular-nums last:pe-0">{cell}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
