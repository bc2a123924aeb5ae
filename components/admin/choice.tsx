import clsx from "clsx";
import type { ComponentProps } from "react";

type ChoiceProps = Omit<ComponentProps<"input">, "type"> & { title: string; explanation: string };

/** One of several ways, with what it means. The whole card is the radio button. */
export function Choice({ title, explanation, className, ...input }: ChoiceProps) {
  return (
    <label className={clsx("relative flex items-start gap-2.5 rounded-control border border-input bg-card p-3 has-checked:border-primary has-checked:bg-primary-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-primary", className)}>
      <input type="radio" className="peer absolute inset-0 size-full cursor-pointer opacity-0" {...input} />
      <span aria-hidden="true" className="mt-px size-4.5 shrink-0 rounded-full border border-input bg-card peer-checked:border-5 peer-checked:border-primary" />
      <span className="min-w-0">
        <span className="block text-dense font-medium">{title}</span>
        <span className="block text-caption text-muted">{explanation}</span>
      </span>
    </label>
  );
}
