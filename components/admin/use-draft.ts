"use client";

import { useEffect, useRef, useState, type FormEvent } from "react";
import type { FormAction } from "../ui/form-state";
import { toast } from "../ui/toast";
import { useFormAction } from "../ui/use-form-action";

/** Fields that come and go without the person's doing: a new line is a change by its other fields. */
const OWN_FIELD = /^\$|^requestId$|\.(skuId|initialStock)$/;

const NONE: readonly string[] = [];

const snapshot = (form: HTMLFormElement): string => JSON.stringify([...new FormData(form)].filter(([name]) => !OWN_FIELD.test(name)));

/** As the form came, whatever was typed into it before the page's scripts arrived. */
function servedSnapshot(form: HTMLFormElement): string {
  const served = form.cloneNode(true) as HTMLFormElement;
  served.reset();
  // A list whose choice a script made has no default to go back to.
  const lists = form.querySelectorAll("select");
  for (const [place, list] of served.querySelectorAll("select").entries()) {
    if (!list.querySelector("[selected]")) list.selectedIndex = lists[place]!.selectedIndex;
  }
  return snapshot(served);
}

/**
 * A form that knows whether it holds something that was not saved. What is typed while it is being saved stays a change.
 * It is ready for the next save when the page has come back from the last one, with the new ids and a `requestId` for a new intention.
 * `made` names the fields that may come back otherwise than they were sent, as an address that was left empty; they show it.
 */
export function useDraft(action: FormAction, requestId: string, made: readonly string[] = NONE) {
  const element = useRef<HTMLFormElement>(null);
  const saved = useRef("");
  const sent = useRef("");
  const [isDirty, setDirty] = useState(false);
  const [savedWith, setSavedWith] = useState<string | null>(null);

  function check() {
    if (element.current) setDirty(snapshot(element.current) !== saved.current);
  }

  const { state, isPending, form } = useFormAction(async (before, data) => {
    const answer = await action(before, data);
    if (answer.status === "done") {
      saved.current = sent.current;
      setSavedWith(String(data.get("requestId")));
      check();
      if (answer.message) toast(answer.message);
    }
    return answer;
  });

  useEffect(() => {
    element.current = form.ref.current;
    if (!form.ref.current) return;
    saved.current = servedSnapshot(form.ref.current);
    check();
  }, [form.ref]);

  // The page is back from a save with what the server made of it, and that is what is saved now.
  useEffect(() => {
    if (!element.current || isDirty || savedWith === null || savedWith === requestId) return;
    for (const name of made) {
      const field = element.current.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = field.defaultValue;
    }
    saved.current = snapshot(element.current);
  }, [isDirty, savedWith, requestId, made]);

  const isReady = !isPending && savedWith !== requestId;

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    if (!isReady) return event.preventDefault();
    sent.current = snapshot(event.currentTarget);
    form.onSubmit(event);
  }

  return { state, isReady, isDirty, check, form: { ...form, onInput: check, onSubmit } };
}
