import clsx from "clsx";
import type { ReactNode } from "react";
import type { TicketFace } from "./coupon-views";

type TicketProps = { face: TicketFace; /** Used, expired or gone. */ isOver?: boolean; heading?: "h2" | "h3"; note: ReactNode; action?: ReactNode };

/** A coupon as a ticket: what it is worth on the stub, what it does beside it. */
export function Ticket({ face, isOver = false, heading: Heading = "h2", note, action }: TicketProps) {
  return (
    <article className={clsx("flex overflow-hidden rounded-hero border border-border", isOver ? "bg-sunken text-muted" : "bg-card")}>
      <p className={clsx("grid w-24 shrink-0 content-center justify-items-center gap-0.5 border-e border-dashed border-input px-2 py-4 text-center sm:w-28", isOver ? "" : face.isPoints ? "bg-points-soft text-points" : "bg-primary-soft text-primary")}>
        <b className="text-section font-semibold tracking-tight break-words tabular-nums sm:text-title">{face.figure}</b>
        <span className="text-caption">{face.unit}</span>
      </p>
      <div className="flex min-w-0 grow flex-wrap items-center gap-x-4 gap-y-3 p-4">
        <div className="min-w-0 grow basis-48">
          <Heading className="text-body font-semibold text-pretty">{face.name}</Heading>
          <p className={clsx("text-dense text-pretty", !isOver && "text-muted")}>{face.sentence}</p>
          <div className={clsx("mt-1.5 text-caption", !isOver && "text-muted")}>{note}</div>
        </div>
        {action && <div className="ms-auto shrink-0">{action}</div>}
      </div>
    </article>
  );
}
