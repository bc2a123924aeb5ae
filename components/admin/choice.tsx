import clsx from "clsx";
import type { ComponentProps } from "react";

type ChoiceProps = Omit<ComponentProps<"input">, "type"> & { title: string; explanation: string; className?: string };

/** One of several ways, with what it means. */
export function Choice({ title, explanation, className, id, ...input }: ChoiceProps) {
  return (
    <label className={clsx("flex cursor-pointer items-start gap-2.5 rounded-control border border-input bg-card p-3 has-checked:border-primary has-checked:bg-primary-soft", className)}>
      <input type="radio" id={id} className="mt-px size-4.5 shrink-0 accent-primary" {...input} />
      <span className="min-w-0">
        <span className="block text-dense font-medium">{title}</span>
        <span className="block text-caption text-muted">{explanation}</span>
      </span>
    </label>
  );
}
