"use client";

import { useState } from "react";
import { Field, Input, Select } from "../ui/field";
import { FILTER_FROM, useFound, type FindChoices, type NamedChoice } from "./use-found";
import { hasWords } from "./words";

type GoodsSelectProps = {
  name: string;
  label: string;
  hint?: string;
  none: string;
  choices: readonly NamedChoice[];
  chosen: number | null;
  find: FindChoices | null;
  words: { find: string; noMatch: string; asking: string };
  required?: boolean;
  error?: string;
  className?: string;
};

/** One of many, narrowed down by a few letters. What is chosen stays among them. */
export function GoodsSelect({ name, label, hint, none, choices, chosen, find, words, required, error, className }: GoodsSelectProps) {
  const [id, setId] = useState(chosen === null ? "" : String(chosen));
  const [text, setText] = useState("");
  const { all, isAsking } = useFound(choices, text, find);
  const shown = all.filter((choice) => String(choice.id) === id || hasWords(choice.name, text));
  const isNone = shown.every((choice) => String(choice.id) === id);
  return (
    <Field id={name} label={label} hint={hint} error={error} className={className}>
      {(wiring) => (
        <div className="grid gap-2">
          {choices.length >= FILTER_FROM && (
            <Input type="search" shape="dense" aria-label={`${label}: ${words.find}`} placeholder={words.find} value={text} onChange={(event) => setText(event.target.value)} onKeyDown={(event) => event.key === "Enter" && event.preventDefault()} className="sm:max-w-64" />
          )}
          <Select {...wiring} name={name} shape="dense" value={id} onChange={(event) => setId(event.target.value)} required={required}>
            <option value="">{none}</option>
            {shown.map((choice) => <option key={choice.id} value={choice.id}>{choice.name}</option>)}
          </Select>
          <p role="status" className="text-caption text-muted empty:hidden">{isAsking ? words.asking : text.trim() !== "" && isNone ? words.noMatch : ""}</p>
        </div>
      )}
    </Field>
  );
}
