import { RULE_STATUSES, type RuleStatus } from "@/db/schema/points";
import { readParams, type SearchParams } from "../../(shop)/reading";
import { hrefWith } from "@/components/admin/href";
import { ACTIONS, type Action } from "@/lib/rules/rule";
import { idIn, oneOf } from "../reading";

export const RULES_PER_PAGE = 20;
const PAGES_MAX = 100;

/** What the list shows, as the address says it. */
export type RuleFilter = { q: string; status?: RuleStatus; trigger?: Action; page: number };

export async function readRuleFilter(params: SearchParams): Promise<RuleFilter> {
  const { q, status, trigger, page } = await readParams(params, "q", "status", "trigger", "page");
  return { q: q.slice(0, 100), status: oneOf(RULE_STATUSES, status), trigger: oneOf(ACTIONS, trigger), page: Math.min(idIn(page) ?? 1, PAGES_MAX) };
}

/** The list with another filter starts again at its first page. */
export const rulesHref = (filter: RuleFilter, changed: Partial<RuleFilter>) => {
  const { q, status, trigger, page } = { ...filter, page: 1, ...changed };
  return hrefWith("/admin/rules", { q, status, trigger, page: page > 1 ? page : undefined });
};
