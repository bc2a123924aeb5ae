import { readParams, type SearchParams } from "../../(shop)/reading";
import { idIn } from "../reading";
import { hrefWith } from "@/components/admin/href";
import type { Cursor } from "@/lib/page";

export const MEMBERS_PER_PAGE = 20;

export async function readMembersCursor(params: SearchParams): Promise<Cursor> {
  const { before, after } = await readParams(params, "before", "after");
  return { before: idIn(before), after: idIn(after) };
}

export const membersHref = (id: number, cursor: Cursor) => hrefWith(`/admin/segments/${id}`, { ...cursor });
