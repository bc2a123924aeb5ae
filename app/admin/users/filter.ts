import type { Role } from "@/db/schema/people";
import { readParams, type SearchParams } from "../../(shop)/reading";
import { hrefWith } from "@/components/admin/href";
import type { Cursor } from "@/lib/page";
import { idIn, oneOf } from "../reading";

export const USERS_PER_PAGE = 20;

export const USER_VIEWS = ["shoppers", "frozen", "team"] as const;
export type UserView = (typeof USER_VIEWS)[number];

/** What the list shows, as the address says it. */
export type UserFilter = Cursor & { q: string; view: UserView };

export const TEAM_ROLES: readonly Role[] = ["staff", "owner"];

/** Who belongs to a view. */
export const searchOf = (view: UserView): { roles: readonly Role[]; status?: "frozen" } =>
  view === "team" ? { roles: TEAM_ROLES } : view === "frozen" ? { roles: ["shopper"], status: "frozen" } : { roles: ["shopper"] };

export async function readUserFilter(params: SearchParams): Promise<UserFilter> {
  const { q, view, before, after } = await readParams(params, "q", "view", "before", "after");
  return { q: q.slice(0, 100), view: oneOf(USER_VIEWS, view) ?? "shoppers", before: idIn(before), after: idIn(after) };
}

/** The list with another filter starts again at its newest row. */
export const usersHref = ({ q, view }: UserFilter, { view: other, ...changed }: Partial<UserFilter>) =>
  hrefWith("/admin/users", { q, view: (other ?? view) === "shoppers" ? undefined : (other ?? view), ...changed });
