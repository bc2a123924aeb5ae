"use client";

import { useRef, useState } from "react";
import { Button } from "../ui/button";
import { Field, Select, TextField } from "../ui/field";
import type { FormAction } from "../ui/form-state";
import { Notice } from "../ui/notice";
import { useFormAction } from "../ui/use-form-action";
import { NumberField } from "./number-field";
import { fill } from "@/lib/i18n";

type Words = Record<"sku" | "current" | "add" | "take" | "direction" | "pieces" | "note" | "noteHint" | "after" | "submit" | "pending", string>;
type Sku = { id: number; name: string; stock: number };
type StockFormProps = { skus: readonly Sku[]; requestId: string; action: FormAction; words: Words };

/** Pieces in or out by hand, with what is there now and what will be there after. */
export function StockForm({ skus, requestId, action, words }: StockFormProps) {
  const element = useRef<HTMLFormElement>(null);
  /** The page has not come back with a key for the next intention. */
  const [doneWith, setDoneWith] = useState<string | null>(null);
  const [typed, setTyped] = useState({ skuId: skus[0]?.id ?? 0, direction: "add", change: "" });

  function readForm() {
    if (!element.current) return;
    const data = new FormData(element.current);
    setTyped({ skuId: Number(data.get("skuId")), direction: String(data.get("direction")), change: String(data.get("change")) });
  }
  /** The same SKU and direction often come again; the figure and its reason do not. */
  function forgetFigures() {
    for (const name of ["change", "note"]) {
      const input = element.current?.elements.namedItem(name);
      if (input instanceof HTMLInputElement) input.value = "";
    }
    readForm();
  }

  const { state, isPending, form } = useFormAction(async (before, data) => {
    const answer = await action(before, data);
    if (answer.status === "done") {
      setDoneWith(String(data.get("requestId")));
      forgetFigures();
    }
    return answer;
  });

  const isBusy = isPending || doneWith === requestId;
  const stock = skus.find(({ id }) => id === typed.skuId)?.stock ?? 0;
  const after = /^\d{1,9}$/.test(typed.change) ? stock + (typed.direction === "take" ? -1 : 1) * Number(typed.change) : null;
  return (
    <form
      {...form} className="flex flex-col gap-4" onInput={(event) => {
        element.current = event.currentTarget;
        readForm();
      }}
    >
      <input type="hidden" name="requestId" value={requestId} />
      <SkuChoice skus={skus} label={words.sku} />
      <p className="text-dense">{fill(words.current, { stock })}</p>
      <fieldset>
        <legend className="mb-1.5 text-caption font-medium">{words.direction}</legend>
        <div className="flex">
          <Direction value="add" label={words.add} />
          <Direction value="take" label={words.take} />
        </div>
      </fieldset>
      <NumberField name="change" label={words.pieces} defaultValue="" hint={after === null ? undefined : fill(words.after, { stock: after })} error={state.fields?.change} />
      <TextField id="note" name="note" shape="dense" label={words.note} hint={words.noteHint} maxLength={200} error={state.fields?.note} />
      <div role="alert" className="empty:-mt-4">{state.status === "refused" && state.message && <Notice tone="danger">{state.message}</Notice>}</div>
      <div role="status" className="empty:-mt-4">{state.status === "done" && state.message && <Notice tone="success">{state.message}</Notice>}</div>
      <Button type="submit" size="dense" className="self-start" disabled={isBusy} aria-busy={isBusy || undefined}>{isBusy ? words.pending : words.submit}</Button>
    </form>
  );
}

function SkuChoice({ skus, label }: { skus: readonly Sku[]; label: string }) {
  if (skus.length <= 1) return <input type="hidden" name="skuId" value={skus[0]?.id} />;
  return (
    <Field id="skuId" label={label}>
      {(wiring) => <Select {...wiring} name="skuId" shape="dense">{skus.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</Select>}
    </Field>
  );
}

function Direction({ value, label }: { value: "add" | "take"; label: string }) {
  return (
    <label className="segment relative cursor-pointer px-4 has-checked:z-1 has-checked:border-primary has-checked:bg-primary-soft has-checked:font-semibold has-checked:text-primary has-focus-visible:outline-2 has-focus-visible:outline-primary">
      <input type="radio" name="direction" value={value} defaultChecked={value === "add"} className="absolute inset-0 size-full cursor-pointer opacity-0" />
      {label}
    </label>
  );
}
