import { readParams, type SearchParams } from "../../(shop)/reading";
import { idIn, oneOf } from "../reading";
import { hrefWith } from "@/components/admin/href";
import { REFERRAL_STATUSES } from "@/db/schema/loyalty";

export const tasksHref = () => hrefWith("/admin/tasks");

export const REFERRALS_PER_PAGE = 20;
const PAGES_MAX = 5_000;

/** Without a status it is the queue: what waits for a person. */
export type ReferralFilter = { status: (typeof REFERRAL_STATUSES)[number] | "all"; page: number };

export async function readReferralFilter(params: SearchParams): Promise<ReferralFilter> {
  const { status, page } = await readParams(params, "status", "page");
  return { status: oneOf([...REFERRAL_STATUSES, "all"] as const, status) ?? "review", page: Math.min(idIn(page) ?? 1, PAGES_MAX) };
}

/** Another view starts again at its first page. */
export const referralsHref = (changed: Partial<ReferralFilter> = {}) => {
  const { status, page } = { status: "review", page: 1, ...changed };
  return hrefWith("/admin/tasks/referrals", { status: status === "review" ? undefined : status, page: page > 1 ? page : undefined });
};
