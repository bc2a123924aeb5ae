import { expect, test } from "vitest";

import { conditionOf } from "./condition";
import { SegmentDefinition } from "./segment";
import { CONDITIONS, segmentSentence } from "./sentence";

const levels = new Map([[1, "Silver"], [2, "Gold"]]);
const say = (definition: SegmentDefinition) => (["zh-CN", "en"] as const).map((locale) => segmentSentence(definition, locale, levels));

test.each<[SegmentDefinition, string, string]>([
  [{ ordersMin: 2 }, "兑换不少于 2 单的人。", "People who have at least 2 orders."],
  [{ levelIds: [1, 2], noOrderForDays: 60 }, "等级为 Silver 或 Gold、60 天没有兑换的人。", "People who are on the level Silver or Gold; have not ordered for 60 days."],
  [{ rfmGroups: ["at_risk", "lost"], pointsMin: 50 }, "属于订单分群 流失预警 或 已流失、积分不少于 50 的人。", "People who are in the order group At risk or Lost; have at least 50 points."],
  [{ pointsMin: 12_000, userIds: [7] }, "积分不少于 12,000 的人，另加 1 位指定的人。", "People who have at least 12,000 points, and 1 chosen person."],
  [{ userIds: [7, 8] }, "2 位指定的人。", "2 chosen people."],
  [{ userIds: [] }, "还没有条件。", "No conditions yet."],
])("%j is said in a sentence", (definition, chinese, english) => {
  expect(say(definition)).toEqual([chinese, english]);
});

test("everything that a segment can ask is said, and asked in SQL with as many values as it has marks", () => {
  const asked = Object.keys(SegmentDefinition.shape).filter((field) => !["userIds", "levelIds", "rfmGroups"].includes(field));
  expect([...CONDITIONS].sort()).toEqual(asked.sort());
  for (const condition of CONDITIONS) {
    const { sql, values } = conditionOf({ [condition]: 3 }, new Date("2026-11-21T04:00:00Z"), "Asia/Shanghai");
    expect([condition, sql.split("?").length - 1]).toEqual([condition, values.length]);
    expect(sql).not.toBe("FALSE");
  }
});

test("a segment that asks nothing holds nobody but those chosen by hand", () => {
  expect(conditionOf({ userIds: [] }, new Date(), "Asia/Shanghai")).toEqual({ sql: "FALSE", values: [] });
  expect(conditionOf({ userIds: [7] }, new Date(), "Asia/Shanghai")).toEqual({ sql: "(FALSE) OR u.id IN (?)", values: [7] });
});
