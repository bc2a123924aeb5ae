import clsx from "clsx";
import type { ComponentProps, ReactNode } from "react";
import { Icon } from "./icon";

const control = "w-full border border-input bg-card text-fg placeholder:text-muted aria-invalid:border-danger disabled:bg-sunken disabled:text-muted";
const shapes = {
  shopper: "min-h-12 rounded-control px-3.5 text-control",
  dense: "min-h-9 rounded-control px-3 text-dense",
} as const;
type Shape = keyof typeof shapes;

type FieldProps = {
  /** Also the prefix of the hint's and the error's ids. */
  id: string;
  label: string;
  hint?: ReactNode;
  error?: string;
  optionalLabel?: string;
  className?: string;
  children: (wiring: FieldWiring) => ReactNode;
};
export type FieldWiring = { id: string; "aria-describedby"?: string; "aria-invalid"?: true };

/** A label, its control, a hint and an error that the control names as its description. */
export function Field({ id, label, hint, error, optionalLabel, className, children }: FieldProps) {
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const describedBy = clsx(hint && hintId, error && errorId) || undefined;
  return (
    <div className={clsx("grid gap-1.5", className)}>
      <label htmlFor={id} className="text-caption font-medium">
        {label}
        {optionalLabel && <span className="ms-1.5 font-normal text-muted">{optionalLabel}</span>}
      </label>
      {children({ id, "aria-describedby": describedBy, "aria-invalid": error ? true : undefined })}
      {hint && <p id={hintId} className="text-caption text-muted">{hint}</p>}
      {error && (
        <p id={errorId} className="flex items-start gap-1.5 text-caption text-danger">
          <Icon name="alert" size={16} className="mt-0.5" />
          {error}
        </p>
      )}
    </div>
  );
}

export function Input({ shape = "shopper", className, ...rest }: ComponentProps<"input"> & { shape?: Shape }) {
  return <input className={clsx(control, shapes[shape], className)} {...rest} />;
}

export function Textarea({ shape = "shopper", className, ...rest }: ComponentProps<"textarea"> & { shape?: Shape }) {
  return <textarea className={clsx(control, shapes[shape], "py-2.5", className)} {...rest} />;
}

export function Select({ shape = "shopper", className, ...rest }: ComponentProps<"select"> & { shape?: Shape }) {
  return <select className={clsx(control, shapes[shape], "pe-8", className)} {...rest} />;
}

type TextFieldProps = Omit<ComponentProps<"input">, "id" | "children"> & Omit<FieldProps, "children"> & { shape?: Shape };

/** The usual case: one line of text. */
export function TextField({ id, label, hint, error, optionalLabel, className, ...rest }: TextFieldProps) {
  return (
    <Field id={id} label={label} hint={hint} error={error} optionalLabel={optionalLabel} className={className}>
      {(wiring) => <Input {...wiring} {...rest} />}
    </Field>
  );
}
