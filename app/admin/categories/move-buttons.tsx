"use client";

import { useEffect, useRef } from "react";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import type { FormAction } from "@/components/ui/form-state";
import { Icon } from "@/components/ui/icon";
import { useFormAction } from "@/components/ui/use-form-action";

type MoveButtonsProps = {
  id: number;
  isFirst: boolean;
  isLast: boolean;
  requestId: string;
  words: { up: string; down: string };
  action: FormAction;
};

/** One place up or down. The row may move away under the focus: it comes back to the button that was pressed. */
export function MoveButtons({ id, isFirst, isLast, requestId, words, action }: MoveButtonsProps) {
  const pressed = useRef<HTMLButtonElement>(null);
  const { state, isPending, form } = useFormAction(async (before, data) => {
    const answer = await action(before, data);
    if (answer.message) toast(answer.message);
    return answer;
  });
  useEffect(() => {
    if (state.status !== "idle" && !isPending) pressed.current?.focus();
  }, [state, isPending, requestId]);

  const button = (direction: "up" | "down", isEnd: boolean) => (
    <Button
      type="submit" name="direction" value={direction} size="filter" aria-label={words[direction]} aria-disabled={isEnd || isPending || undefined}
      className="size-8 px-0! aria-disabled:cursor-not-allowed aria-disabled:border-border aria-disabled:bg-sunken aria-disabled:text-muted"
      onClick={(event) => {
        pressed.current = event.currentTarget;
        if (isEnd || isPending) event.preventDefault();
      }}
    >
      <Icon name="chevron-down" size={16} className={direction === "up" ? "rotate-180" : undefined} />
    </Button>
  );
  return (
    <form {...form} className="relative z-1 flex gap-1.5">
      <input type="hidden" name="requestId" value={requestId} />
      <input type="hidden" name="categoryId" value={id} />
      {button("up", isFirst)}
      {button("down", isLast)}
    </form>
  );
}
