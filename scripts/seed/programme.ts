import { categories, pointsRules } from "@/db/schema";
import { perform } from "@/lib/perform";

import { demoCategories } from "./products";

/** The rules of the article, with its one that punished a purchase turned into a reward. */
const RULES = [
  { actionType: "register", pointsValue: 100, description: "注册奖励", dailyLimit: 1 },
  { actionType: "login", pointsValue: 10, description: "每日首次访问", dailyLimit: 1 },
  { actionType: "checkin", pointsValue: 20, streakLadder: [20, 25, 30, 35, 40, 45, 50], description: "每日签到，连续 7 天一轮", dailyLimit: 1 },
  { actionType: "purchase", pointsValue: 0, pointsPerYuan: 1, description: "每实付 1 元得 1 积分", dailyLimit: 50 },
  { actionType: "repurchase", pointsValue: 50, description: "复购奖励", dailyLimit: 1 },
];

/** What every shop starts with: rules and categories. What is there already stays as the merchant has it. */
export async function seedProgramme(): Promise<void> {
  await perform({ kind: "system", name: "seed" }, async (ctx) => {
    const [rule] = await ctx.tx.select({ id: pointsRules.id }).from(pointsRules).limit(1);
    if (!rule) await ctx.tx.insert(pointsRules).values(RULES);
    const [category] = await ctx.tx.select({ id: categories.id }).from(categories).limit(1);
    if (!category) await ctx.tx.insert(categories).values(demoCategories.map((each, position) => ({ ...each, position })));
  });
}
