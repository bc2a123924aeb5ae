"use client";

import { unstable_rethrow } from "next/navigation";
import { useActionState, useEffect, useRef, useState, useTransition, type FormEvent, type RefObject } from "react";
import { useErrorCopy } from "../error-copy";
import { idle, type FormAction, type FormState } from "./form-state";

type FormActionHook = {
  state: FormState;
  isPending: boolean;
  /** Spread on the form. */
  form: { ref: RefObject<HTMLFormElement | null>; action: (form: FormData) => void; onSubmit: (event: FormEvent<HTMLFormElement>) => void; noValidate: true };
};

/**
 * A server action as a form that also works before scripts run. With scripts it keeps what was typed when the answer is no
 * (React empties a form after its action), says so when no answer comes, and moves focus to the first field that needs another look.
 * `onSend` runs inside the transition: what it shows optimistically is taken back when the answer is no.
 */
export function useFormAction(action: FormAction, onSend?: () => void): FormActionHook {
  const [posted, post] = useActionState(action, idle);
  const [answered, setAnswered] = useState<FormState | null>(null);
  const [isPending, startTransition] = useTransition();
  const ref = useRef<HTMLFormElement>(null);
  const noAnswer = useErrorCopy()?.noAnswer;
  const state = answered ?? posted;

  useEffect(() => {
    if (state.status === "refused") ref.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [state]);

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending) return;
    const sent = new FormData(event.currentTarget, (event.nativeEvent as SubmitEvent).submitter);
    startTransition(async () => {
      onSend?.();
      const answer = await ask(action, state, sent);
      setAnswered(answer ?? { status: "refused", message: noAnswer });
    });
  }
  return { state, isPending, form: { ref, action: post, onSubmit, noValidate: true } };
}

/** The action's answer; null when none came. A redirect is the router's to follow. */
async function ask(action: FormAction, state: FormState, sent: FormData): Promise<FormState | null> {
  try {
    return await action(state, sent);
  } catch (error) {
    unstable_rethrow(error);
    return null;
  }
}
