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
