import "server-only";

import { sendPacket, statement } from "@/db/packet";
import type { Ctx, UserId } from "@/lib/ctx";
import type { EventHandler, StoredEvent } from "@/lib/events/handler";

import { loadListeners, notify } from "../commands";
import { isNews, type Notice } from "../notice";
import { staffWho } from "../risk/commands";

const ASKED = ["adjustment.requested", "adjustment_batch.requested"] as const;
const DECIDED = ["adjustment.applied", "adjustment.rejected", "adjustment_batch.applied", "adjustment_batch.rejected"] as const;

/** Who may decide hears that something waits for them; who asked hears what was decided. A notice names nobody: it may outlive an account. */
export const tellOfApproval: EventHandler = {
  names: [...ASKED, ...DECIDED],
  // What took effect at once was nobody's decision but the maker's.
  wants: ({ name, actorId, data }) => name.endsWith(".requested") || actorId !== Number(data.makerId),
  async handle(ctx, event) {
    if (!isNews(event.createdAt, ctx.now)) return;
    const notices = event.name.endsWith(".requested") ? await asked(ctx, event) : [decided(event)];
    await notify(ctx, await loadListeners(ctx, notices.map(({ userId }) => userId)), notices);
  },
};

const isBatch = ({ name }: Pick<StoredEvent, "name">): boolean => name.startsWith("adjustment_batch.");

const linkTo = (event: StoredEvent): string => `/admin/adjustments/${isBatch(event) ? "batch/" : ""}${event.subjectId}`;

function aboutOf(event: StoredEvent): Record<string, string | number> {
  const { points, people, pointsIn, pointsOut } = event.data;
  return isBatch(event) ? { people: Number(people), points: Number(pointsIn) - Number(pointsOut) } : { people: 1, points: Number(points) };
}

async function asked(ctx: Ctx, event: StoredEvent): Promise<Notice[]> {
  const [[waiting], approvers, concerned] = await Promise.all([stillWaiting(ctx, event), staffWho(ctx, "adjustments.approve"), whoseStaff(ctx, event)]);
  if (!waiting) return [];
  const others = approvers.filter((userId) => userId !== Number(event.data.makerId) && !concerned.has(userId));
  return others.map((userId): Notice => ({ userId, kind: "approval", subject: `asked:${event.subjectId}`, data: { ...aboutOf(event), how: "asked" }, link: linkTo(event) }));
}

/** Decided or taken back meanwhile, it is no news. */
async function stillWaiting(ctx: Ctx, event: StoredEvent) {
  const table = isBatch(event) ? "adjustment_batches" : "adjustments";
  const [rows = []] = await sendPacket(ctx.tx, [statement(`SELECT id FROM ${table} WHERE public_id = ? AND status = 'pending'`, [event.subjectId])]);
  return rows;
}

/** Those who work here and whose own points it is about: they cannot decide. */
async function whoseStaff(ctx: Ctx, event: StoredEvent): Promise<Set<UserId>> {
  if (!isBatch(event)) return new Set([Number(event.data.userId) as UserId]);
  const [rows = []] = await sendPacket(ctx.tx, [
    statement("SELECT a.user_id FROM users u JOIN adjustments a ON a.user_id = u.id JOIN adjustment_batches b ON b.id = a.batch_id WHERE u.role IN ('staff', 'owner') AND b.public_id = ?", [event.subjectId]),
  ]);
  return new Set(rows.map((row) => row.user_id as UserId));
}

const decided = (event: StoredEvent): Notice => ({
  userId: Number(event.data.makerId) as UserId, kind: "approval", subject: `decided:${event.subjectId}`, data: { ...aboutOf(event), how: event.name.endsWith(".applied") ? "applied" : "rejected" }, link: linkTo(event),
});
