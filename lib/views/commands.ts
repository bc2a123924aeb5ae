import "server-only";

import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";

import { savedViews } from "@/db/schema";
import type { Ctx } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { invariant } from "@/lib/invariant";
import { withoutSearch } from "@/lib/list-address";
import { errnoOf } from "@/lib/log";
import { Refusal } from "@/lib/refusal";

import { isListKey, LISTS, mayChangeView, mayShareViews, VIEWS_MAX, type ListKey } from "./list";
import type { NewViewInput, OverwriteViewInput, RenameViewInput, ViewInput } from "./schema";

const DUPLICATE_KEY = 1062;

type View = typeof savedViews.$inferSelect;
type Keeper = Extract<Ctx["actor"], { kind: "staff" }>;

/** Keeps a list as it is now under a name. Refuses `forbidden` to who may not see the list, or not share, `view_name_taken`, `views_full`. */
export async function saveView(ctx: Ctx, { list, name, query, columns, isShared }: Omit<z.infer<typeof NewViewInput>, "requestId">): Promise<{ viewId: number }> {
  const keeper = keeperOf(ctx, list);
  if (isShared && !mayShareViews(keeper)) throw new Refusal("forbidden");
  const [own] = await ctx.tx.select({ total: sql<number>`count(*)`.mapWith(Number) }).from(savedViews).where(and(eq(savedViews.ownerId, keeper.id), eq(savedViews.list, list)));
  if ((own?.total ?? 0) >= VIEWS_MAX) throw new Refusal("views_full", { max: VIEWS_MAX });
  const [row] = await ctx.tx.insert(savedViews).values({ list, name, query, columns, isShared, ownerId: keeper.id, createdAt: ctx.now }).$returningId().catch(refuseTakenName);
  invariant(row, "an insert returns its id");
  await tell(ctx, row.id, list, { name: [null, name], isShared: [null, isShared] });
  return { viewId: row.id };
}

/** Gives a view another name. Refuses `not_found`, `forbidden`, `view_name_taken`. */
export async function renameView(ctx: Ctx, { viewId, name }: Omit<z.infer<typeof RenameViewInput>, "requestId">): Promise<void> {
  const before = await lockOwn(ctx, viewId);
  if (before.name === name) return;
  await ctx.tx.update(savedViews).set({ name }).where(eq(savedViews.id, viewId)).catch(refuseTakenName);
  await tell(ctx, viewId, before.list, { name: [before.name, name] });
}

/** Lets a view show what the list shows now. Refuses `not_found`, `forbidden`. */
export async function overwriteView(ctx: Ctx, { viewId, query, columns }: Omit<z.infer<typeof OverwriteViewInput>, "requestId">): Promise<void> {
  const before = await lockOwn(ctx, viewId);
  await ctx.tx.update(savedViews).set({ query, columns }).where(eq(savedViews.id, viewId));
  await tell(ctx, viewId, before.list, { query: [before.query, query].map((each) => withoutSearch(new URLSearchParams(each))) as [string, string], columns: [before.columns, columns] });
}

/** Refuses `not_found`, `forbidden`. */
export async function deleteView(ctx: Ctx, { viewId }: Omit<z.infer<typeof ViewInput>, "requestId">): Promise<void> {
  const before = await lockOwn(ctx, viewId);
  await ctx.tx.delete(savedViews).where(eq(savedViews.id, viewId));
  await tell(ctx, viewId, before.list, { name: [before.name, null] });
}

function keeperOf(ctx: Ctx, list: string): Keeper {
  const { actor } = ctx;
  if (actor.kind !== "staff" || !isListKey(list) || !actor.permissions.has(LISTS[list])) throw new Refusal("forbidden");
  return actor;
}

/** A view that the actor may change. What is another's own is not there for them. */
async function lockOwn(ctx: Ctx, viewId: number): Promise<View> {
  const [view] = await ctx.tx.select().from(savedViews).where(eq(savedViews.id, viewId)).for("update");
  if (!view) throw new Refusal("not_found");
  const keeper = keeperOf(ctx, view.list);
  if (!view.isShared && view.ownerId !== keeper.id) throw new Refusal("not_found");
  if (!mayChangeView(keeper, view)) throw new Refusal("forbidden");
  return view;
}

function refuseTakenName(error: unknown): never {
  if (errnoOf(error) === DUPLICATE_KEY) throw new Refusal("view_name_taken", { field: "name" });
  throw error;
}

const tell = (ctx: Ctx, viewId: number, list: ListKey | string, changes: Record<string, [unknown, unknown]>) =>
  emit(ctx, { name: "view.changed", subject: { type: "view", id: String(viewId) }, data: { list, changes } });
