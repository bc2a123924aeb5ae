import "server-only";

import { affectedRows, sendPacket, statement } from "@/db/packet";
import type { Ctx } from "@/lib/ctx";

import type { EventHandler, StoredEvent } from "../handler";

/** Whether anything follows from the event. */
export const isWanted = (handlers: readonly EventHandler[], event: StoredEvent): boolean => handlersOf(handlers, event).length > 0;

const handlersOf = (handlers: readonly EventHandler[], event: StoredEvent): EventHandler[] =>
  handlers.filter(({ names, wants }) => names.includes(event.name) && (wants?.(event) ?? true));

/** All that follows from one event, in one transaction with the note that it was done: once, however many try. False when somebody else did it. */
export async function handleEvent(ctx: Ctx, handlers: readonly EventHandler[], event: StoredEvent): Promise<boolean> {
  // The note is taken first: whoever tries the same event at the same time waits here until this transaction ends.
  const [header] = await sendPacket(ctx.tx, [statement("INSERT IGNORE INTO handled_events (event_id, handled_at) VALUES (?, ?)", [event.id, ctx.now])]);
  if (affectedRows(header) === 0) return false;
  for (const handler of handlersOf(handlers, event)) await handler.handle(ctx, event);
  return true;
}

/**
 * Forgets up to `max` notes that an event was handled, where nobody can look at the event again: it lies below the mark up to which all has been
 * read over since it settled, no run carries it on as a failure, and it was not given up, which somebody may still want handled by hand.
 */
export async function forgetHandled(ctx: Ctx, { settledTo, failures }: { settledTo: number; failures: readonly string[] }, before: Date, max: number): Promise<number> {
  const carried = failures.map(Number);
  const [header] = await sendPacket(ctx.tx, [
    statement(
      `DELETE FROM handled_events WHERE event_id <= ? AND handled_at < ?${carried.length > 0 ? ` AND event_id NOT IN (${carried.map(() => "?").join(",")})` : ""}
       AND NOT EXISTS (SELECT 1 FROM events g WHERE g.subject_type = 'event' AND g.subject_id = CAST(handled_events.event_id AS CHAR CHARACTER SET ascii) AND g.name = 'event.given_up')
       ORDER BY event_id LIMIT ?`,
      [settledTo, before, ...carried, max],
    ),
  ]);
  return affectedRows(header);
}
