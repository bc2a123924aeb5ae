"use client";

import { useEffect, type ReactNode } from "react";
import type { MakeUpOffer } from "./make-up-view";
import type { CalendarCell } from "@/components/check-in-calendar";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Sheet } from "@/components/ui/sheet";
import { useFormAction } from "@/components/ui/use-form-action";

type MakeUpSheetProps = { cell: CalendarCell; isOpen: boolean; onClose: () => void; /** With what came of it. */ onDone: (message: string) => void; offer: MakeUpOffer };

/** What making up a day costs, until when it can be done and how often; then one button. */
export function MakeUpSheet({ cell, isOpen, onClose, onDone, offer }: MakeUpSheetProps) {
  const { state, isPending, form } = useFormAction(offer.action);
  const { words } = offer;
  const day = offer.days[cell.day];

  useEffect(() => {
    if (state.status === "done") onDone(state.message ?? "");
    // The answer closes the sheet, once.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [state]);

  if (!day) return null;
  return (
    <Sheet
      open={isOpen} onClose={onClose} title={day.title} closeLabel={words.close}
      footer={
        <form {...form} className="grid gap-3 sm:grid-cols-2">
          <input type="hidden" name="requestId" value={`${offer.requestId}:${cell.day}`} />
          <input type="hidden" name="day" value={cell.day} />
          <input type="hidden" name="pointsShown" value={offer.pointsShown} />
          <Button onClick={onClose} size="cta" className="order-last sm:order-first">{words.later}</Button>
          <Button type="submit" look="primary" size="cta" disabled={isPending || offer.obstacle !== null} aria-busy={isPending || undefined}>
            {isPending ? words.pending : words.confirm}
          </Button>
        </form>
      }
    >
      <p className="text-body">{words.lead}</p>
      <dl className="mt-4 grid gap-2.5 rounded-control bg-sunken p-3.5 text-dense">
        <Term label={words.price} value={words.priceValue} note={words.priceNote} />
        <Term label={words.window} value={words.windowValue} note={day.until} />
        <Term label={words.left} value={words.leftValue} />
      </dl>
      <p className="mt-4 text-caption text-muted">{words.noBonus}</p>
      {offer.obstacle && <Notice tone="warning" className="mt-4">{offer.obstacle}</Notice>}
      <div role="alert">{state.status === "refused" && <Notice tone="danger" className="mt-4">{state.message ?? Object.values(state.fields ?? {})[0]}</Notice>}</div>
    </Sheet>
  );
}

function Term({ label, value, note }: { label: string; value: ReactNode; note?: string }) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <dt className="text-muted">{label}</dt>
      <dd className="text-end font-medium">
        {value}
        {note && <span className="ms-2 font-normal text-muted">{note}</span>}
      </dd>
    </div>
  );
}
