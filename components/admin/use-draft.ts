"use client";

import { useEffect, useRef, useState, type FormEvent } from "react";
import type { FormAction } from "../ui/form-state";
import { toast } from "../ui/toast";
import { useFormAction } from "../ui/use-form-action";

/** Fields that change without the person's doing. */
const OWN_FIELDS = new Set(["requestId"]);

const snapshot = (form: HTMLFormElement): string =>
  JSON.stringify([...new FormData(form)].filter(([name]) => !OWN_FIELDS.has(name) && !name.startsWith("$")));

/** A form that knows whether it holds something that was not saved. What is typed while it is being saved stays a change. */
export function useDraft(action: FormAction) {
  const element = useRef<HTMLFormElement>(null);
  const saved = useRef("");
  const sent = useRef("");
  const [isDirty, setDirty] = useState(false);

  function check() {
    if (element.current) setDirty(snapshot(element.current) !== saved.current);
  }

  const { state, isPending, form } = useFormAction(async (before, data) => {
    const answer = await action(before, data);
    if (answer.status === "done") {
      saved.current = sent.current;
      check();
      if (answer.message) toast(answer.message);
    }
    return answer;
  });

  useEffect(() => {
    element.current = form.ref.current;
    if (form.ref.current) saved.current = snapshot(form.ref.current);
  }, [form.ref]);

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    if (!isPending) sent.current = snapshot(event.currentTarget);
    form.onSubmit(event);
  }

  return { state, isPending, isDirty, check, form: { ...form, onInput: check, onSubmit } };
}
