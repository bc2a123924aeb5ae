import { db } from "@/db/client";
import { levels } from "@/db/schema";
import type { Actor } from "@/lib/ctx";
import { saveLevel } from "@/lib/levels/commands";
import { LevelInput } from "@/lib/levels/schema";
import { perform } from "@/lib/perform";

const LEVELS = [
  { name: "普通", nameEn: "Member", threshold: 0, multiplierPercent: 100, benefits: "签到、任务和兑换", benefitsEn: "Check-ins, tasks and redemptions" },
  { name: "银卡", nameEn: "Silver", threshold: 1_000, multiplierPercent: 105, benefits: "生日礼遇\n银卡专享活动", benefitsEn: "A birthday gift\nCampaigns for Silver and above" },
  { name: "金卡", nameEn: "Gold", threshold: 5_000, multiplierPercent: 110, benefits: "银卡全部权益\n优先发货", benefitsEn: "All that Silver has\nShipped first" },
  { name: "黑金", nameEn: "Black Gold", threshold: 20_000, multiplierPercent: 120, benefits: "金卡全部权益\n专属客服", benefitsEn: "All that Gold has\nA contact of your own" },
] as const;

const clock: Actor = { kind: "system", name: "seed" };

/** The levels that a shop starts with. Where there are any, they stay as the merchant has them. */
export async function seedLevels(): Promise<void> {
  const [known] = await db().select({ id: levels.id }).from(levels).limit(1);
  if (known) return;
  await perform(clock, async (ctx) => {
    for (const [rank, level] of LEVELS.entries()) await saveLevel(ctx, LevelInput.parse({ ...level, rank, requestId: `seed-level-${rank}` }));
  });
}
