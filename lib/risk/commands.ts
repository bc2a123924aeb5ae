import "server-only";

import { and, asc, desc, eq, gt, inArray, isNull, ne } from "drizzle-orm";
import type { z } from "zod";

import { affectedRows, sendPacket, statement } from "@/db/packet";
import { accountHolds, events, pointAccounts, riskAlerts } from "@/db/schema";
import type { AlertStatus, RiskMode, RiskRule } from "@/db/schema/control";
import { raiseSessionVersion } from "@/lib/accounts/commands";
import { ruleOfReason, riskReason } from "@/lib/accounts/frozen";
import { endFreeze, endOfFreeze, lockFreeze, setFreeze, type Freeze } from "@/lib/accounts/freezing/commands";
import { mayManageAccount } from "@/lib/accounts/permission";
import { readStanding } from "@/lib/accounts/roles/commands";
import { actorId, type Ctx, type UserId } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { Refusal } from "@/lib/refusal";
import { refuseUnlessAllowed } from "@/lib/staff";

import { modeOf, type Finding } from "./judge";
import type { AlertDecisionInput, AlertFreezeInput, AlertsDecisionInput, Verdict } from "./schema";

/**
 * Writes down what a rule found, and does what the shop set for it: an alert and nothing else, earnings held, or the account frozen. Once for
 * each person, rule and case. Whose account this is, it locks first. Returns whether it was new.
 */
export async function raiseAlert(ctx: Ctx, userId: UserId, { rule, subject, evidence }: Finding): Promise<boolean> {
  const mode = modeOf(rule, ctx.policy.risk);
  if (mode === "off") return false;
  const { isFrozen, until } = await lockFreeze(ctx, userId);
  const [header] = await sendPacket(ctx.tx, [
    statement("INSERT IGNORE INTO risk_alerts (user_id, rule, subject, mode, evidence, created_at) VALUES (?, ?, ?, ?, ?, ?)", [userId, rule, subject, mode, JSON.stringify(evidence), ctx.now]),
  ]);
  if (affectedRows(header) === 0) return false;
  if (mode === "hold") await ctx.tx.update(pointAccounts).set({ isHeld: true }).where(eq(pointAccounts.userId, userId));
  // A freeze that would end by itself does not end while nobody has looked at this.
  if (mode === "freeze" && (!isFrozen || until !== null)) await setFreeze(ctx, userId, { reason: riskReason(rule), until: null });
  await emit(ctx, { name: "risk.raised", subject: { type: "user", id: String(userId) }, data: { rule, mode } });
  return true;
}

type Alert = { id: number; userId: UserId; rule: RiskRule; subject: string; mode: RiskMode; status: AlertStatus; createdAt: Date };

/** Settles an alert. Refuses `forbidden`, also about oneself; `not_found`; `already_settled`. */
export async function decideAlert(ctx: Ctx, { id, verdict, note }: Omit<z.infer<typeof AlertDecisionInput>, "requestId">): Promise<void> {
  const [alert] = await lockAlerts(ctx, [id]);
  if (!alert) throw new Refusal("not_found");
  await settle(ctx, alert, verdict, note);
}

/** Settles several; those that somebody settled meanwhile stay as they are. Returns how many it settled. */
export async function decideAlerts(ctx: Ctx, { ids, verdict, note }: Omit<z.infer<typeof AlertsDecisionInput>, "requestId">): Promise<{ settled: number }> {
  const open = (await lockAlerts(ctx, ids)).filter(({ status }) => status === "open");
  for (const alert of open) await settle(ctx, alert, verdict, note);
  return { settled: open.length };
}

/** Freezes the person of an alert, with a reason that they read and an end, and confirms it. Their sessions end. Refuses as `decideAlert`, `invalid_input` for an end that is past. */
export async function freezeForAlert(ctx: Ctx, { id, reason, until }: Omit<z.infer<typeof AlertFreezeInput>, "requestId">): Promise<void> {
  const [alert] = await lockAlerts(ctx, [id]);
  if (!alert) throw new Refusal("not_found");
  await refuseUnlessOverThem(ctx, alert.userId);
  if (alert.status === "open") await settle(ctx, alert, "confirm", "");
  await setFreeze(ctx, alert.userId, { reason, until: endOfFreeze(ctx, until) });
  await raiseSessionVersion(ctx, alert.userId);
}

/** The accounts first, in the order of their ids, then the alerts. */
async function lockAlerts(ctx: Ctx, ids: readonly number[]): Promise<Alert[]> {
  refuseUnlessAllowed(ctx.actor, "risk.decide");
  if (ids.length === 0) return [];
  const people = await ctx.tx.selectDistinct({ userId: riskAlerts.userId }).from(riskAlerts).where(inArray(riskAlerts.id, [...ids]));
  if (people.length === 0) return [];
  await lockAll(ctx, people.map(({ userId }) => userId as UserId));
  const rows = await ctx.tx.select().from(riskAlerts).where(inArray(riskAlerts.id, [...ids])).orderBy(asc(riskAlerts.id)).for("update");
  return rows.map(({ userId, ...alert }) => ({ ...alert, userId: userId as UserId }));
}

async function lockAll(ctx: Ctx, people: readonly UserId[]): Promise<void> {
  await ctx.tx.select({ userId: pointAccounts.userId }).from(pointAccounts).where(inArray(pointAccounts.userId, [...people])).orderBy(asc(pointAccounts.userId)).for("update");
}

/** Nobody judges themselves; of colleagues only who may manage them. */
export async function refuseUnlessOverThem(ctx: Ctx, userId: UserId): Promise<void> {
  refuseUnlessAllowed(ctx.actor, "risk.decide");
  const person = await readStanding(ctx, userId);
  if (ctx.actor.kind !== "staff" || !person || ctx.actor.id === userId) throw new Refusal("forbidden");
  if (person.role !== "shopper" && !mayManageAccount(ctx.actor, person)) throw new Refusal("forbidden");
}

async function settle(ctx: Ctx, alert: Alert, verdict: Verdict, note: string): Promise<void> {
  await refuseUnlessOverThem(ctx, alert.userId);
  if (alert.status !== "open") throw new Refusal("already_settled");
  await settleAlert(ctx, alert, verdict === "dismiss" ? "dismissed" : "confirmed", note);
  if (alert.mode === "hold") await giveEarningsBack(ctx, alert.userId);
  if (alert.mode === "freeze" && verdict !== "confirm") await undoFreeze(ctx, alert);
}

/** Writes the decision down and tells of it. What was noted about the person stays beside the alert: an event can never be erased. */
export async function settleAlert(ctx: Ctx, { id, userId, rule }: Pick<Alert, "id" | "userId" | "rule">, status: AlertStatus, note: string): Promise<void> {
  await ctx.tx.update(riskAlerts).set({ status, decidedBy: actorId(ctx.actor), decisionNote: note, decidedAt: ctx.now }).where(eq(riskAlerts.id, id));
  await emit(ctx, { name: "risk.decided", subject: { type: "risk_alert", id: String(id) }, data: { userId, rule, changes: { status: ["open", status] } } });
}

/** A hold is over when no open alert holds earnings any more, and the books of the account are in order. */
async function giveEarningsBack(ctx: Ctx, userId: UserId): Promise<void> {
  const books = await ctx.tx.select({ id: accountHolds.id }).from(accountHolds).where(and(eq(accountHolds.userId, userId), isNull(accountHolds.clearedAt))).limit(1);
  if (books.length > 0 || (await isHeldByRisk(ctx, userId))) return;
  await ctx.tx.update(pointAccounts).set({ isHeld: false }).where(eq(pointAccounts.userId, userId));
}

/** Whether an open alert holds a person's earnings. */
export async function isHeldByRisk(ctx: Ctx, userId: UserId): Promise<boolean> {
  const rows = await ctx.tx.select({ id: riskAlerts.id }).from(riskAlerts).where(and(eq(riskAlerts.userId, userId), eq(riskAlerts.mode, "hold"), eq(riskAlerts.status, "open"))).limit(1);
  return rows.length > 0;
}

/**
 * Ends the freeze that an alert's rule made. One for another reason stands, and so does one that came after staff had ended this alert's. One
 * that another open alert has asked for since takes its place, or what staff had set and is not over.
 */
async function undoFreeze(ctx: Ctx, { id, userId, rule, createdAt }: Alert): Promise<void> {
  const { isFrozen, reason } = await lockFreeze(ctx, userId);
  if (!isFrozen || ruleOfReason(reason) !== rule) return;
  const { endedAt, byStaff } = await readFreezes(ctx, userId);
  if (endedAt && createdAt <= endedAt) return;
  const [other] = await ctx.tx
    .select({ rule: riskAlerts.rule }).from(riskAlerts)
    .where(and(eq(riskAlerts.userId, userId), eq(riskAlerts.mode, "freeze"), eq(riskAlerts.status, "open"), ne(riskAlerts.id, id), endedAt ? gt(riskAlerts.createdAt, endedAt) : undefined))
    .orderBy(asc(riskAlerts.id)).limit(1);
  if (!other && byStaff) await setFreeze(ctx, userId, byStaff);
  else if (!other) await endFreeze(ctx, userId);
  else if (other.rule !== rule) await setFreeze(ctx, userId, { reason: riskReason(other.rule), until: null });
}

/** More freezes of a person than anybody makes without ending one. */
const FREEZES_READ_MAX = 50;

/** When the last freeze of a person that is over ended, and what staff has set since, while its end is ahead. */
async function readFreezes(ctx: Ctx, userId: UserId): Promise<{ endedAt: Date | null; byStaff: Freeze | null }> {
  const rows = await ctx.tx
    .select({ name: events.name, data: events.data, createdAt: events.createdAt }).from(events)
    .where(and(eq(events.subjectType, "user"), eq(events.subjectId, String(userId)), inArray(events.name, ["account.frozen", "account.unfrozen"])))
    .orderBy(desc(events.id)).limit(FREEZES_READ_MAX);
  const last = rows.findIndex(({ name }) => name === "account.unfrozen");
  const since = (last < 0 ? rows : rows.slice(0, last)).map(({ data }) => data as { reason: string; until?: string | null });
  const set = since.find(({ reason }) => ruleOfReason(reason) === null);
  const until = set?.until ? new Date(set.until) : null;
  return { endedAt: rows[last]?.createdAt ?? null, byStaff: set && until && until > ctx.now ? { reason: set.reason, until } : null };
}
