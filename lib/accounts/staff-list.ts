import type { Role } from "@/db/schema/people";
import { ACCOUNT_STATUSES } from "@/db/schema/points";
import { endOfDay, startOfDay } from "@/lib/day";
import { dayIn, defineList, idIn, oneOf, type ListState } from "@/lib/list-address";

/** Without a view it is the shoppers. */
export const USER_VIEWS = ["shoppers", "frozen", "team"] as const;
export type UserView = (typeof USER_VIEWS)[number];

export const USERS = defineList({
  key: "users",
  path: "/admin/users",
  filters: { view: oneOf(USER_VIEWS), status: oneOf(ACCOUNT_STATUSES), level: idIn, from: dayIn, to: dayIn },
  columns: ["name", "status", "level", "balance", "earned", "seen", "joined"],
  sorts: ["balance", "earned", "joined"],
  sort: "-joined",
});
export type UserListState = ListState<typeof USERS>;

const TEAM_ROLES: readonly Role[] = ["staff", "owner"];

/** Who belongs to a view. */
export const rolesIn = (view: UserView = "shoppers"): readonly Role[] => (view === "team" ? TEAM_ROLES : ["shopper"]);

/** What a list's address asks of the people: days are the programme's. */
export const userSearchOf = ({ q, filters: { view, status, level, from, to } }: Pick<UserListState, "q" | "filters">, zone: string) => ({
  search: q, roles: rolesIn(view), status: view === "frozen" ? ("frozen" as const) : status, levelId: level, from: from && startOfDay(from, zone), to: to && endOfDay(to, zone),
});
