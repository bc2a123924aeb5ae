import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { Reading, SearchParams } from "../../(shop)/reading";
import { inLanguage } from "../../(shop)/views";
import { readBulkChoices, readSelectionWords } from "../bulk/bulk-choices";
import { ListFrame, openList, type ListTab } from "../list-frame";
import { startStaffReading } from "../reading";
import { UserTable } from "./user-table";
import type { FilterField } from "@/components/admin/list-filters";
import { FirstUse, NoPermission } from "@/components/admin/list-empty";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { ACCOUNT_STATUSES } from "@/db/schema/points";
import { rolesIn, USER_VIEWS, USERS, userSearchOf, type UserView } from "@/lib/accounts/staff-list";
import { countUsers, listUsersForStaff } from "@/lib/accounts/staff-queries";
import type { Staff } from "@/lib/auth";
import { LIST_PAGE, pageWindow } from "@/lib/list-address";
import { listLevels } from "@/lib/levels/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.users"))("title") };
}

/** Colleagues' accounts are the business of who manages the staff. */
const maySee = (staff: Staff, view: UserView): boolean => view !== "team" || staff.permissions.has("staff.read");

export default async function UsersPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await startStaffReading("people.read", "/admin/users");
  const { db, now, policy, staff } = reading;
  const [t, choices, words] = await Promise.all([getTranslations("admin.users"), readBulkChoices(db, "users", staff), readSelectionWords()]);
  const list = await openList(USERS, searchParams, reading, true);
  const { state } = list;
  const view = state.filters.view ?? "shoppers";
  if (!maySee(staff, view)) return <NoPermission heading="h1" action={<ButtonLink href="/admin/users" size="dense">{t("toShoppers")}</ButtonLink>}>{t("teamRefused")}</NoPermission>;
  const { users, total } = await listUsersForStaff(db, userSearchOf(state, policy.timeZone), { sort: state.sort, ...pageWindow(state, LIST_PAGE) }, now);
  return (
    <>
      <PageHeader title={t("title")} />
      <ListFrame
        list={list} label={t("list")} search={t("search")} tabs={await tabsOf(reading)} fields={await fieldsOf(reading)} columnsIn="admin.users.columns" exportTo="/admin/users/export.csv"
        bulk={{ choices, words, rowsKey: users.map(({ id }) => id).join() }} shown={users.length} total={total} isFirst={state.q === "" && Object.keys(state.filters).every((name) => name === "view")}
        first={<FirstUse title={t(`empty.${view}`)}>{t(`emptyHints.${view}`)}</FirstUse>}
      >
        <UserTable users={users} now={now} zone={policy.timeZone} list={list.face} />
      </ListFrame>
    </>
  );
}

async function tabsOf({ db, staff }: Reading & { staff: Staff }): Promise<ListTab[]> {
  const t = await getTranslations("admin.users");
  const views = USER_VIEWS.filter((view) => maySee(staff, view));
  return Promise.all(views.map(async (view): Promise<ListTab> => ({
    label: t(`views.${view}`), count: await countUsers(db, { roles: rolesIn(view), status: view === "frozen" ? "frozen" : undefined }), filters: view === "shoppers" ? {} : { view },
  })));
}

async function fieldsOf({ db }: Reading): Promise<FilterField[]> {
  const [t, statuses, levels, locale] = await Promise.all([getTranslations("admin.users"), getTranslations("admin.accountStatus"), listLevels(db), getLocale()]);
  const joined = t("columns.joined");
  return [
    { name: "level", label: t("columns.level"), options: levels.map(({ id, name, nameEn }) => ({ value: id, label: inLanguage(locale, name, nameEn) })) },
    { name: "status", label: t("columns.status"), options: ACCOUNT_STATUSES.map((value) => ({ value, label: statuses(value) })) },
    { name: "from", label: t("from"), kind: "day", group: joined },
    { name: "to", label: t("to"), kind: "day", group: joined },
  ];
}
