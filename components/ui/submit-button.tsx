"use client";

import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { Button, type ButtonLook } from "./button";

type SubmitButtonProps = ButtonLook & {
  children: ReactNode;
  /** Words while the form is on its way. */
  pendingLabel: string;
  disabled?: boolean;
  className?: string;
  name?: string;
  value?: string;
};

/** Submits its form once: while the answer is awaited it says so and cannot be pressed again. */
export function SubmitButton({ children, pendingLabel, disabled = false, ...rest }: SubmitButtonProps) {
  const { pending } = useFormStatus();
  return (
    <Button type="submit" disabled={disabled || pending} aria-busy={pending || undefined} {...rest}>
      {pending ? pendingLabel : children}
    </Button>
  );
}
