import "server-only";

import { eq } from "drizzle-orm";

import { orders, pointsRules, users } from "@/db/schema";
import type { RuleStatus } from "@/db/schema/points";
import { endSessions, freezeAccount, unfreezeAccount } from "@/lib/accounts/commands";
import { setProductCategory, setProductStatus } from "@/lib/catalog/commands";
import { setTemplateStatus } from "@/lib/coupons/commands";
import { grantToUser } from "@/lib/coupons/granting/commands";
import type { Ctx, UserId } from "@/lib/ctx";
import { invariant } from "@/lib/invariant";
import { cancelOrder } from "@/lib/orders/commands";
import { completeOrder } from "@/lib/orders/receiving/commands";
import { Refusal } from "@/lib/refusal";
import { moderateReview } from "@/lib/reviews/commands";
import { setRuleStatus } from "@/lib/rules/editing/commands";
import { isAllowed } from "@/lib/staff";
import { setTaskStatus } from "@/lib/tasks/editing/commands";

import { OPERATIONS, type BulkParams, type OperationKey } from "./operation";

type Row = (ctx: Ctx, id: number, params: BulkParams, requestId: string) => Promise<unknown>;

/** Each operation on one row: the command that a single row's page would run, with its refusals. */
const ROWS: Readonly<Record<OperationKey, Row>> = {
  "orders.complete": async (ctx, id, _, requestId) => completeOrder(ctx, { requestId, orderId: await publicIdOf(ctx, id) }),
  "orders.cancel": async (ctx, id, _, requestId) => cancelOrder(ctx, { requestId, orderId: await publicIdOf(ctx, id) }, "staff"),
  "users.freeze": (ctx, id, { reason }, requestId) => freezeAccount(ctx, { requestId, userId: id as UserId, reason: needed(reason) }),
  "users.unfreeze": (ctx, id, _, requestId) => unfreezeAccount(ctx, { requestId, userId: id as UserId }),
  "users.end_sessions": (ctx, id, _, requestId) => endSessions(ctx, { requestId, userId: id as UserId }),
  "users.coupon": (ctx, id, { templateId }) => grantToUser(ctx, { templateId: needed(templateId), userId: id as UserId }),
  "products.publish": (ctx, id, _, requestId) => setProductStatus(ctx, { requestId, id, status: "active" }),
  "products.archive": (ctx, id, _, requestId) => setProductStatus(ctx, { requestId, id, status: "archived" }),
  "products.category": (ctx, id, { categoryId }) => setProductCategory(ctx, { id, categoryId: needed(categoryId) }),
  "reviews.approve": (ctx, id, _, requestId) => moderateReview(ctx, { requestId, reviewId: id, verdict: "approved", note: "" }),
  "reviews.reject": (ctx, id, { reason }, requestId) => moderateReview(ctx, { requestId, reviewId: id, verdict: "rejected", note: needed(reason) }),
  "rules.switch_on": (ctx, id, _, requestId) => setRule(ctx, id, "active", requestId),
  "rules.archive": (ctx, id, _, requestId) => setRule(ctx, id, "archived", requestId),
  "tasks.publish": (ctx, id, _, requestId) => setTaskStatus(ctx, { requestId, id, status: "active" }),
  "tasks.archive": (ctx, id, _, requestId) => setTaskStatus(ctx, { requestId, id, status: "archived" }),
  "coupons.publish": (ctx, id, _, requestId) => setTemplateStatus(ctx, { requestId, id, status: "active" }),
  "coupons.archive": (ctx, id, _, requestId) => setTemplateStatus(ctx, { requestId, id, status: "archived" }),
};

/** As it is now: of a rule that somebody else saves meanwhile the one who comes second is told. */
async function setRule(ctx: Ctx, id: number, status: RuleStatus, requestId: string): Promise<void> {
  const [rule] = await ctx.tx.select({ version: pointsRules.version }).from(pointsRules).where(eq(pointsRules.id, id));
  if (!rule) throw new Refusal("not_found");
  await setRuleStatus(ctx, { requestId, id, version: rule.version, status });
}

/** Does an operation to one row. Refuses what its command refuses, and `not_found` for a colleague to those who see no colleagues. */
export async function doToRow(ctx: Ctx, operation: OperationKey, id: number, params: BulkParams, requestId: string): Promise<void> {
  if (OPERATIONS[operation].list === "users") await refuseHidden(ctx, id);
  await ROWS[operation](ctx, id, params, requestId);
}

async function refuseHidden(ctx: Ctx, id: number): Promise<void> {
  if (isAllowed(ctx.actor, "staff.read")) return;
  const [person] = await ctx.tx.select({ role: users.role }).from(users).where(eq(users.id, id));
  if (person?.role !== "shopper") throw new Refusal("not_found");
}

async function publicIdOf(ctx: Ctx, id: number): Promise<string> {
  const [order] = await ctx.tx.select({ publicId: orders.publicId }).from(orders).where(eq(orders.id, id));
  if (!order) throw new Refusal("not_found");
  return order.publicId;
}

function needed<T>(value: T | undefined): T {
  invariant(value !== undefined, "a run was told what its operation needs");
  return value;
}
