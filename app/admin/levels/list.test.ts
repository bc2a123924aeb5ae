import { expect, test } from "vitest";

import type { StaffLevel } from "@/lib/levels/queries";
import { readList } from "@/lib/list-address";

import { LEVELS, levelsIn } from "./list";

const level = (rank: number, name: string, nameEn: string, members: number, isActive = true): StaffLevel =>
  ({ id: rank + 1, rank, name, nameEn, threshold: rank * 100, multiplierPercent: 100 + rank, benefits: "", benefitsEn: "", members, isActive });
const ladder = [level(0, "普通", "Basic", 7), level(1, "银卡", "Silver", 2, false), level(2, "金卡", "Gold", 7)];

test.each([
  ["", [0, 1, 2]], ["q=卡", [1, 2]], ["q=GOLD", [2]], ["status=on", [0, 2]], ["status=off", [1]], ["status=off&q=gold", []], ["status=secret", [0, 1, 2]],
  ["sort=-threshold", [2, 1, 0]], ["sort=members", [1, 0, 2]], ["sort=-members&status=on", [0, 2]],
])("the ladder that is asked for with “%s” has the ranks %j", (query, ranks) => {
  expect(levelsIn(ladder, readList(LEVELS, new URLSearchParams(query))).map(({ rank }) => rank)).toEqual(ranks);
});
