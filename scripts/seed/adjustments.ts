import { approveAdjustment, rejectAdjustment, requestAdjustment } from "@/lib/adjustments/commands";
import type { Actor, UserId } from "@/lib/ctx";
import { perform } from "@/lib/perform";

type Seeded = { about: number; points: number; reason: "goodwill" | "correction" | "compensation" | "fraud"; note: string; daysAgo: number; then?: "approved" | "rejected" };

const ASKED: readonly Seeded[] = [
  { about: 0, points: 300, reason: "goodwill", note: "生日当天系统没有发放礼包，按礼包补发。", daysAgo: 12 },
  { about: 1, points: 2_400, reason: "compensation", note: "Parcel lost by the carrier; the points of the order are given back as agreed on the phone.", daysAgo: 9, then: "approved" },
  { about: 2, points: -1_200, reason: "fraud", note: "怀疑多账号领取，先申请收回，待核实。", daysAgo: 6, then: "rejected" },
  { about: 3, points: -150, reason: "correction", note: "Entered twice at the counter.", daysAgo: 3 },
  { about: 4, points: 5_000, reason: "compensation", note: "企业团购订单延迟一周，与客户商定补偿 5000 积分。", daysAgo: 0 },
];

type Step = { at: Date; run: () => Promise<void> };

/** What the merchant adjusted by hand: some at once, some allowed or turned down by the owner; one waits. */
export function adjustments(merchant: Actor, owner: Actor, people: readonly UserId[], at: (daysAgo: number, hour: number) => Date): Step[] {
  const ids = new Map<Seeded, string>();
  return ASKED.flatMap((asked): Step[] => {
    const { about, points, reason, note, daysAgo, then } = asked;
    const [askedAt, decidedAt] = daysAgo === 0 ? [at(0, 0), at(0, 0)] : [at(daysAgo, 16), at(daysAgo - 1, 10)];
    const ask = async (): Promise<void> => {
      const { adjustmentId } = await perform(merchant, (ctx) => requestAdjustment(ctx, { userId: people[about]!, points, reason, note, expiresOn: null, attachmentKey: null }), askedAt);
      ids.set(asked, adjustmentId);
    };
    const decide = (): Promise<void> =>
      perform(owner, (ctx) => (then === "approved" ? approveAdjustment(ctx, { adjustmentId: ids.get(asked)!, note: "" }) : rejectAdjustment(ctx, { adjustmentId: ids.get(asked)!, note: "两个账户是一家人，地址相同，不算违规。" })), decidedAt);
    return [{ at: askedAt, run: ask }, ...(then ? [{ at: decidedAt, run: decide }] : [])];
  });
}
