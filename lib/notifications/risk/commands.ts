import "server-only";

import { sendPacket, statement } from "@/db/packet";
import { permissionsOf, type Permission } from "@/lib/accounts/permission";
import type { Ctx, UserId } from "@/lib/ctx";
import type { EventHandler, StoredEvent } from "@/lib/events/handler";

import { loadListeners, notify } from "../commands";
import { isNews, type Notice } from "../notice";

/** Who decides about risks hears of them; who appealed hears the answer. */
export const tellOfRisk: EventHandler = {
  names: ["risk.raised", "appeal.written", "appeal.decided"],
  async handle(ctx, event) {
    if (!isNews(event.createdAt, ctx.now)) return;
    const notices = event.name === "appeal.decided" ? [answerTo(event)] : await newsForStaff(ctx, event);
    await notify(ctx, await loadListeners(ctx, notices.map(({ userId }) => userId)), notices);
  },
};

function answerTo({ subjectId, data }: StoredEvent): Notice {
  const isAccepted = Array.isArray((data.changes as { status?: unknown[] } | undefined)?.status) && (data.changes as { status: unknown[] }).status[1] === "accepted";
  return { userId: Number(data.userId) as UserId, kind: "appeal", subject: `appeal:${subjectId}`, data: { verdict: isAccepted ? "accepted" : "declined" }, link: isAccepted ? "/wallet" : "/appeal" };
}

async function newsForStaff(ctx: Ctx, { id, name, subjectId, data }: StoredEvent): Promise<Notice[]> {
  const staff = await whoJudges(ctx, Number(name === "appeal.written" ? data.userId : subjectId));
  if (name === "appeal.written") return staff.map((userId): Notice => ({ userId, kind: "risk_alert", subject: `appeal:${subjectId}`, data: { how: "appeal" }, link: "/admin/risk/appeals" }));
  return staff.map((userId): Notice => ({ userId, kind: "risk_alert", subject: `event:${id}`, data: { how: "alert", rule: String(data.rule), mode: String(data.mode) }, link: "/admin/risk" }));
}

/** Who decides about risks, and may be told of this person: about a colleague only who sees the staff, and nobody hears that they are watched themselves. */
async function whoJudges(ctx: Ctx, userId: number): Promise<UserId[]> {
  const staff = (await staffWho(ctx, "risk.decide")).filter((id) => id !== userId);
  const [[person] = []] = await sendPacket(ctx.tx, [statement("SELECT role FROM users WHERE id = ?", [userId])]);
  if (person?.role === "shopper") return staff;
  const seers = new Set(await staffWho(ctx, "staff.read"));
  return staff.filter((id) => seers.has(id));
}

/** Whoever works here and may do this, now. */
export async function staffWho(ctx: Ctx, permission: Permission): Promise<UserId[]> {
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT u.id, u.role, r.built_in AS builtIn, r.permissions FROM users u LEFT JOIN staff_roles r ON r.id = u.staff_role_id
       WHERE u.role IN ('staff', 'owner') AND u.erased_at IS NULL ORDER BY u.id`,
    ),
  ]);
  return rows.filter((row) => permissionsOf(row.role, row.role === "owner" ? null : { builtIn: row.builtIn, permissions: row.permissions ?? [] }).has(permission)).map((row) => row.id as UserId);
}
