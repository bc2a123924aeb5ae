"use client";

import type { ReactNode } from "react";
import { Button, type ButtonLook } from "./ui/button";
import type { FormAction } from "./ui/form-state";
import { Icon } from "./ui/icon";
import { Notice } from "./ui/notice";
import { useFormAction } from "./ui/use-form-action";

type WatchButtonProps = ButtonLook & { action: FormAction; skuId: number; label: string; /** Where the label alone does not say which. */ describes?: string; pending: string; hasBell?: boolean; children?: ReactNode };

/** Waits for a SKU, or waits no longer: one button, and a sentence when it could not be done. */
export function WatchButton({ action, skuId, label, describes, pending, hasBell = false, children, ...look }: WatchButtonProps) {
  const { state, isPending, form } = useFormAction(action);
  return (
    <form {...form} className="contents">
      <input type="hidden" name="skuId" value={skuId} />
      {children}
      <Button type="submit" disabled={isPending} aria-busy={isPending || undefined} aria-label={describes} {...look}>
        {hasBell && <Icon name="bell" />}
        {isPending ? pending : label}
      </Button>
      {state.status === "refused" && state.message && <Notice tone="danger" role="alert" className="basis-full">{state.message}</Notice>}
    </form>
  );
}
