import { tasks } from "@/db/schema";
import type { Ctx } from "@/lib/ctx";
import { saveTask } from "@/lib/tasks/editing/commands";
import { TaskInput } from "@/lib/tasks/schema";
import type { z } from "zod";

type Seeded = Omit<z.input<typeof TaskInput>, "requestId" | "status" | "position" | "afterTaskId"> & { /** The name of the task that it follows. */ after?: string };

/** From the first day on: get to know the shop, come back, bring somebody. */
const TASKS: readonly Seeded[] = [
  { name: "完善资料", nameEn: "Complete your profile", metric: "profile", target: 4, period: "once", rewardPoints: 30, rollsBack: false },
  { name: "首次兑换", nameEn: "Your first redemption", metric: "redemptions", target: 1, period: "once", rewardPoints: 50 },
  { name: "30 天内 3 单", nameEn: "Three orders in 30 days", metric: "redemptions", target: 3, windowDays: 30, period: "once", rewardPoints: 100, after: "首次兑换" },
  { name: "本周签到 5 天", nameEn: "Five check-ins this week", metric: "check_ins", target: 5, period: "weekly", rewardPoints: 30, rewardPerk: "make_up_card", rewardPerkQuantity: 1 },
  { name: "好友打开你的链接", nameEn: "A friend opens your link", metric: "friends_visited", target: 1, period: "once", rewardPoints: 20 },
  { name: "邀请一位好友", nameEn: "Invite a friend", metric: "friends_joined", target: 1, period: "once", rewardPoints: 50 },
  { name: "写一条评价", nameEn: "Review something you received", metric: "reviews", target: 1, period: "once", rewardPoints: 20 },
];

/** The tasks of a new shop. What is there already stays as the merchant has it. */
export async function seedTasks(ctx: Ctx): Promise<void> {
  const [known] = await ctx.tx.select({ id: tasks.id }).from(tasks).limit(1);
  if (known) return;
  const ids = new Map<string, number>();
  for (const [position, { after, ...task }] of TASKS.entries()) {
    const input = TaskInput.parse({ ...task, requestId: "seed", status: "active", position, afterTaskId: after === undefined ? null : ids.get(after) });
    ids.set(task.name, (await saveTask(ctx, input)).id);
  }
}
