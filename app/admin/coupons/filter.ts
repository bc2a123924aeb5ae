import { readParams, type SearchParams } from "../../(shop)/reading";
import { idIn } from "../reading";
import { hrefWith } from "@/components/admin/href";
import type { Cursor } from "@/lib/page";

export const PEOPLE_PER_PAGE = 20;

/** Whose coupons of a template are shown. */
export type PeopleFilter = Cursor & { q: string };

export async function readPeopleFilter(params: SearchParams): Promise<PeopleFilter> {
  const { q, before, after } = await readParams(params, "q", "before", "after");
  return { q: q.slice(0, 60), before: idIn(before), after: idIn(after) };
}

export const peopleHref = (id: number, q: string, cursor: Cursor = {}) => hrefWith(`/admin/coupons/${id}`, { q, ...cursor });
