import type { z } from "zod";

import { categories, pointsRules } from "@/db/schema";
import { saveCategory } from "@/lib/catalog/categories/commands";
import { CategoryInput } from "@/lib/catalog/categories/schema";
import { currentTime } from "@/lib/clock";
import type { Ctx } from "@/lib/ctx";
import { perform } from "@/lib/perform";
import { saveRule } from "@/lib/rules/editing/commands";
import type { Action, Definition } from "@/lib/rules/rule";
import { RuleInput } from "@/lib/rules/schema";

import { demoCategories, type DemoCategory } from "./products";

type Seeded = { actionType: Action; name: string; nameEn: string; definition: z.input<typeof Definition> };

/** The rules of the article, with its one that punished a purchase turned into a reward, and those that every programme has. */
const RULES: readonly Seeded[] = [
  { actionType: "register", name: "注册奖励", nameEn: "Welcome", definition: { effect: { kind: "fixed", points: 100 }, caps: { timesInAll: 1 } } },
  { actionType: "login", name: "每日首次访问", nameEn: "First visit of the day", definition: { effect: { kind: "fixed", points: 10 }, caps: { timesPerDay: 1 } } },
  { actionType: "checkin", name: "每日签到", nameEn: "Daily check-in", definition: { effect: { kind: "ladder", steps: [20, 25, 30, 35, 40, 45, 50], after: "restart" } } },
  { actionType: "checkin", name: "连续 7 天得补签卡", nameEn: "A make-up card every seven days", definition: { conditions: [{ kind: "streak", days: 7, repeats: true }], effect: { kind: "perk", perk: "make_up_card", quantity: 1 } } },
  { actionType: "checkin", name: "当月累计签到 15 天", nameEn: "15 check-ins in a month", definition: { conditions: [{ kind: "check_ins", per: "month", count: 15 }], effect: { kind: "fixed", points: 60 } } },
  { actionType: "checkin", name: "当月累计签到 25 天", nameEn: "25 check-ins in a month", definition: { conditions: [{ kind: "check_ins", per: "month", count: 25 }], effect: { kind: "fixed", points: 120 } } },
  { actionType: "purchase", name: "消费得积分", nameEn: "Points for purchases", definition: { effect: { kind: "per_yuan", points: 1 }, caps: { timesPerDay: 50 } } },
  { actionType: "repurchase", name: "复购奖励", nameEn: "Coming back", definition: { effect: { kind: "fixed", points: 50 }, caps: { timesPerDay: 1 } } },
  { actionType: "share", name: "分享被访问", nameEn: "A friend opens your link", definition: { effect: { kind: "fixed", points: 5 }, caps: { timesPerDay: 5 } } },
  { actionType: "review", name: "评价商品", nameEn: "Reviewing an item", definition: { effect: { kind: "fixed", points: 20 }, caps: { timesPerDay: 3 } } },
  { actionType: "birthday", name: "生日礼", nameEn: "Birthday gift", definition: { effect: { kind: "fixed", points: 66 } } },
  { actionType: "referral", name: "邀请好友", nameEn: "Inviting a friend", definition: { effect: { kind: "fixed", points: 100 }, caps: { timesPerDay: 20 } } },
  { actionType: "referred", name: "受邀首单", nameEn: "First order as an invited friend", definition: { effect: { kind: "fixed", points: 50 }, caps: { timesInAll: 1 } } },
];

async function seedCategories(ctx: Ctx): Promise<void> {
  const ids = new Map<string, number>();
  for (const { parent, ...category } of demoCategories as readonly DemoCategory[]) {
    const parentId = parent === undefined ? null : ids.get(parent)!;
    const { id } = await saveCategory(ctx, CategoryInput.parse({ ...category, parentId, requestId: `seed-category-${category.slug}` }));
    ids.set(category.slug, id);
  }
}

/** What every shop starts with: rules and categories. What is there already stays as the merchant has it. */
export async function seedProgramme(at: Date = currentTime()): Promise<void> {
  await perform({ kind: "system", name: "seed" }, async (ctx) => {
    const [rule] = await ctx.tx.select({ id: pointsRules.id }).from(pointsRules).limit(1);
    if (!rule) await seedRules(ctx);
    const [category] = await ctx.tx.select({ id: categories.id }).from(categories).limit(1);
    if (!category) await seedCategories(ctx);
  }, at);
}

async function seedRules(ctx: Ctx): Promise<void> {
  for (const [index, rule] of RULES.entries()) {
    await saveRule(ctx, RuleInput.parse({ ...rule, requestId: `seed-rule-${index}`, status: "active", startsAt: null, endsAt: null }));
  }
}
