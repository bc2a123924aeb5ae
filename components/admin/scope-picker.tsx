"use client";

import { useState } from "react";
import { Input } from "../ui/field";
import { FILTER_FROM, useFound, type FindChoices, type NamedChoice } from "./use-found";
import { hasWords } from "./words";

type ScopePickerProps = {
  name: string;
  label: string;
  choices: readonly NamedChoice[];
  chosen: readonly number[];
  /** Where the choices are not all. */
  find?: FindChoices | null;
  words: { find: string; noMatch: string; asking: string; chosen: string };
  error?: string;
};

/** Several of many, as checkboxes that a few letters narrow down. What is ticked stays in sight and in the form. */
export function ScopePicker({ name, label, choices, chosen, find = null, words, error }: ScopePickerProps) {
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set(chosen));
  const [text, setText] = useState("");
  const { all, isAsking } = useFound(choices, text, find);
  const shown = all.filter((choice) => ticked.has(choice.id) || hasWords(choice.name, text));

  function toggle(id: number, isOn: boolean) {
    setTicked((before) => new Set(isOn ? [...before, id] : [...before].filter((each) => each !== id)));
  }

  return (
    <fieldset className="mt-4 grid gap-2" aria-describedby={error ? `${name}-error` : undefined}>
      <legend className="mb-1.5 text-caption font-medium">{label}<span className="ms-2 font-normal text-muted">{words.chosen.replace("{count}", String(ticked.size))}</span></legend>
      {choices.length >= FILTER_FROM && (
        <Input type="search" shape="dense" aria-label={words.find} placeholder={words.find} value={text} onChange={(event) => setText(event.target.value)} onKeyDown={(event) => event.key === "Enter" && event.preventDefault()} className="sm:max-w-64" />
      )}
      <ul className="grid max-h-64 overflow-y-auto rounded-control border border-input p-1 sm:grid-cols-2">
        {(isAsking || shown.length === 0) && <li role="status" className="px-2 py-1.5 text-caption text-muted">{isAsking ? words.asking : words.noMatch}</li>}
        {shown.map((choice) => (
          <li key={choice.id}>
            <label className="flex min-h-9 items-center gap-2.5 rounded-chip px-2 text-dense hover:bg-sunken">
              <input type="checkbox" name={name} value={choice.id} checked={ticked.has(choice.id)} onChange={(event) => toggle(choice.id, event.target.checked)} className="size-6 shrink-0 accent-primary" />
              <span className="min-w-0 truncate">{choice.name}</span>
            </label>
          </li>
        ))}
      </ul>
      {error && <p id={`${name}-error`} className="text-caption text-danger">{error}</p>}
    </fieldset>
  );
}
