import { readParams, type SearchParams } from "../../(shop)/reading";
import { idIn, oneOf } from "../reading";
import { hrefWith } from "@/components/admin/href";
import { COUPON_TEMPLATE_STATUSES } from "@/db/schema/coupons";
import type { Cursor } from "@/lib/page";

/** What the list of templates shows, as the address says it. */
export type CouponFilter = { q: string; status?: (typeof COUPON_TEMPLATE_STATUSES)[number] };

export async function readCouponFilter(params: SearchParams): Promise<CouponFilter> {
  const { q, status } = await readParams(params, "q", "status");
  return { q: q.slice(0, 60), status: oneOf(COUPON_TEMPLATE_STATUSES, status) };
}

export const couponsHref = (filter: CouponFilter, changed: Partial<CouponFilter> = {}) => {
  const { q, status } = { ...filter, ...changed };
  return hrefWith("/admin/coupons", { q, status });
};

export const PEOPLE_PER_PAGE = 20;

/** Whose coupons of a template are shown. */
export type PeopleFilter = Cursor & { q: string };

export async function readPeopleFilter(params: SearchParams): Promise<PeopleFilter> {
  const { q, before, after } = await readParams(params, "q", "before", "after");
  return { q: q.slice(0, 60), before: idIn(before), after: idIn(after) };
}

export const peopleHref = (id: number, q: string, cursor: Cursor = {}) => hrefWith(`/admin/coupons/${id}`, { q, ...cursor });
