import { expect, test } from "vitest";

import { couponBadge, couponSentence, type CouponNames } from "./sentence";

const TERMS = { kind: "amount", unit: "cash", amount: 2_000, percent: 0, amountMax: 0, minSpend: 0, scope: "all" } as const;
type Terms = Parameters<typeof couponSentence>[0];
const say = (terms: Partial<Terms>, names: Partial<CouponNames> = {}) => (["zh-CN", "en"] as const).map((locale) => couponSentence({ ...TERMS, ...terms }, locale, { scope: [], gift: null, ...names }));

test.each<[Partial<Terms>, Partial<CouponNames>, string, string]>([
  [{}, {}, "无门槛减 ¥20，全场可用。", "¥20 off, on everything."],
  [{ minSpend: 10_000 }, {}, "满 ¥100 减 ¥20，全场可用。", "¥20 off when you buy for ¥100 or more, on everything."],
  [{ amount: 990, minSpend: 9_950 }, {}, "满 ¥99.50 减 ¥9.90，全场可用。", "¥9.90 off when you buy for ¥99.50 or more, on everything."],
  [{ unit: "points", amount: 200, minSpend: 1_000 }, {}, "满 1,000 积分减 200 积分，全场可用。", "200 points off when you redeem for 1,000 points or more, on everything."],
  [{ kind: "percent", amount: 0, percent: 12, amountMax: 3_000 }, {}, "无门槛打 8.8 折（最多减 ¥30），全场可用。", "12% off (up to ¥30), on everything."],
  [{ kind: "percent", amount: 0, percent: 50, unit: "points", minSpend: 300 }, { scope: [] }, "满 300 积分打 5 折，全场可用。", "50% off when you redeem for 300 points or more, on everything."],
  [{ kind: "percent", amount: 0, percent: 100 }, {}, "无门槛全额抵扣，全场可用。", "Nothing to pay, on everything."],
  [{ kind: "free_delivery", amount: 0, minSpend: 5_000 }, {}, "满 ¥50 免配送费，全场可用。", "Free delivery when you buy for ¥50 or more, on everything."],
  [{ kind: "gift", amount: 0, scope: "categories" }, { gift: "mug", scope: ["Tea", "Kitchen"] }, "无门槛送「mug」一件，限「Tea」、「Kitchen」类商品。", "A free mug, on Tea, Kitchen."],
  [{ scope: "products" }, { scope: ["a", "b", "c", "d", "e"] }, "无门槛减 ¥20，限「a」、「b」、「c」等 5 项。", "¥20 off, on a, b, c and others (5 in all)."],
])("%j is said in a sentence", (terms, names, chinese, english) => {
  expect(say(terms, names)).toEqual([chinese, english]);
});

test.each<[Partial<Terms>, [string, string], [string, string]]>([
  [{}, ["¥20", "现金券"], ["¥20", "off"]], [{ unit: "points", amount: 1_200 }, ["1,200", "积分券"], ["1,200", "points off"]], [{ kind: "percent", percent: 12 }, ["8.8 折", "折扣券"], ["12%", "off"]],
  [{ kind: "percent", percent: 100 }, ["免单", "折扣券"], ["Free", "off"]], [{ kind: "free_delivery" }, ["免邮", "免邮券"], ["Delivery", "free"]], [{ kind: "gift" }, ["赠品", "赠品券"], ["Gift", "free item"]],
])("%j fits on a badge", (terms, chinese, english) => {
  expect((["zh-CN", "en"] as const).map((locale) => Object.values(couponBadge({ ...TERMS, ...terms }, locale)))).toEqual([chinese, english]);
});
