import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { SearchParams } from "../../(shop)/reading";
import { startStaffReading } from "../reading";
import { readUserFilter, searchOf, USER_VIEWS, USERS_PER_PAGE, usersHref, type UserFilter, type UserView } from "./filter";
import { UserTable } from "./user-table";
import { FirstUse, NoPermission, NoResults } from "@/components/admin/list-empty";
import { Pager, ResourceIndex, type Chip } from "@/components/admin/resource-index";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button";
import type { Db } from "@/db/client";
import { countUsers, listUsersForStaff } from "@/lib/accounts/staff-queries";
import type { Staff } from "@/lib/auth";
import { formatPoints } from "@/lib/i18n";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.users"))("title") };
}

/** Colleagues' accounts are the owner's business. */
const maySee = (staff: Staff, view: UserView): boolean => view !== "team" || staff.role === "owner";

export default async function UsersPage({ searchParams }: { searchParams: SearchParams }) {
  const { db, now, policy, staff } = await startStaffReading("/admin/users");
  const [t, list, filter] = await Promise.all([getTranslations("admin.users"), getTranslations("admin.list"), readUserFilter(searchParams)]);
  if (!maySee(staff, filter.view)) return <NoPermission heading="h1" action={<ButtonLink href="/admin/users" size="dense">{t("toShoppers")}</ButtonLink>}>{t("teamRefused")}</NoPermission>;
  const { users, total, nextBefore, previousAfter } = await listUsersForStaff(db, { ...filter, ...searchOf(filter.view), search: filter.q, limit: USERS_PER_PAGE }, now);
  const pager = (
    <Pager
      summary={list("shownOf", { shown: users.length, total })}
      previous={previousAfter === null ? null : usersHref(filter, { after: previousAfter })}
      next={nextBefore === null ? null : usersHref(filter, { before: nextBefore })}
    />
  );
  return (
    <>
      <PageHeader title={t("title")} />
      <ResourceIndex
        label={t("list")} views={await viewsOf(db, staff, filter)} chips={await chipsOf(filter)} clear={usersHref(filter, { q: "" })}
        search={{ action: "/admin/users", label: t("search"), value: filter.q, keep: { view: filter.view } }} pager={users.length > 0 && pager}
      >
        {users.length > 0 ? <UserTable users={users} now={now} zone={policy.timeZone} /> : <Nobody filter={filter} />}
      </ResourceIndex>
    </>
  );
}

async function Nobody({ filter: { q, view } }: { filter: UserFilter }) {
  const t = await getTranslations("admin.users");
  if (q) return <NoResults clear={usersHref({ q: "", view: "shoppers" }, {})} />;
  return <FirstUse title={t(`empty.${view}`)}>{t(`emptyHints.${view}`)}</FirstUse>;
}

async function viewsOf(db: Db, staff: Staff, filter: UserFilter) {
  const [t, list, locale] = await Promise.all([getTranslations("admin.users"), getTranslations("admin.list"), getLocale()]);
  const views = USER_VIEWS.filter((view) => maySee(staff, view));
  const counts = await Promise.all(views.map((view) => countUsers(db, searchOf(view))));
  return {
    label: list("views"),
    tabs: views.map((view, index) => ({ href: usersHref(filter, { view }), label: t(`views.${view}`), current: filter.view === view, count: formatPoints(locale, counts[index] ?? 0) })),
  };
}

async function chipsOf(filter: UserFilter): Promise<Chip[]> {
  const t = await getTranslations("admin.list");
  return filter.q ? [{ key: "q", label: t("searchChip", { text: filter.q }), href: usersHref(filter, { q: "" }) }] : [];
}
