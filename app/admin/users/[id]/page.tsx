import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { readParams, type Reading, type SearchParams } from "../../../(shop)/reading";
import { idIn, startStaffReading } from "../../reading";
import { ToTrail } from "../../audit/to-trail";
import { PersonAdjustments } from "../../adjustments/person-adjustments";
import { AccountActions } from "./account-actions";
import { AccountHistory } from "./account-history";
import { Balances, Lots, RecentOrders } from "./account-parts";
import { Ledger } from "./ledger";
import { PersonRisk } from "./person-risk";
import { hrefWith } from "@/components/admin/href";
import { NoPermission } from "@/components/admin/list-empty";
import { AccountStatusBadge, RoleBadge } from "@/components/admin/user-badges";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { maskEmail } from "@/lib/accounts/mask";
import { ruleOfReason } from "@/lib/accounts/frozen";
import { mayOpenAccount } from "@/lib/accounts/permission";
import { listRoles } from "@/lib/accounts/roles/queries";
import { findUserForStaff, type StaffUser } from "@/lib/accounts/staff-queries";
import type { Staff } from "@/lib/auth";
import { formatDay, formatDayOf, formatInstant } from "@/lib/i18n";
import { listOrdersForStaff } from "@/lib/orders/staff-queries";
import { getBalance, listLots, type Balance } from "@/lib/points/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.user"))("title") };
}

const ORDERS_SHOWN = 8;

type UserPageProps = { params: Promise<{ id: string }>; searchParams: SearchParams };

export default async function UserPage({ params, searchParams }: UserPageProps) {
  const reading = await startStaffReading("people.read");
  const id = idIn((await params).id);
  const user = id === undefined ? null : await findUserForStaff(reading.db, id, reading.now);
  if (!user) notFound();
  if (mayOpenAccount(reading.staff, user)) return <Account reading={reading} user={user} searchParams={searchParams} />;
  const t = await getTranslations("admin.users");
  return <NoPermission heading="h1" action={<ButtonLink href="/admin/users" size="dense">{t("toShoppers")}</ButtonLink>}>{t("teamRefused")}</NoPermission>;
}

async function Account({ reading, user, searchParams }: { reading: Reading & { staff: Staff }; user: StaffUser; searchParams: SearchParams }) {
  const { db, now, policy, staff } = reading;
  const [adjustments, roles, users, balance, lots, { orders }, ledger] = await Promise.all([
    getTranslations("adminAdjustments.person"), staff.permissions.has("staff.manage") ? listRoles(db) : [], getTranslations("admin.users"), getBalance(db, user.id, now), listLots(db, user.id, now),
    listOrdersForStaff(db, { userId: user.id }, { limit: ORDERS_SHOWN }), readParams(searchParams, "ledger", "from"),
  ]);
  return (
    <>
      <PageHeader title={user.username} back={{ href: "/admin/users", label: users("title") }} lead={<Who user={user} status={balance.status} reading={reading} seesContact={staff.permissions.has("people.contact")} />} actions={staff.permissions.has("adjustments.request") && user.id !== staff.id && <ButtonLink href={hrefWith("/admin/adjustments/new", { user: user.id })} size="dense"><Icon name="coin" size={16} />{adjustments("adjust")}</ButtonLink>} />
      {staff.permissions.has("audit.read") && <ToTrail type="user" id={String(user.id)} className="mb-3" />}
      {balance.status === "frozen" && <Frozen balance={balance} reading={reading} />}
      <Balances balance={balance} zone={policy.timeZone} />
      <div className="mt-4 grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:items-start">
        <div className="grid min-w-0 gap-4">
          <Ledger reading={reading} userId={user.id} filter={ledger.ledger} from={ledger.from} />
          {staff.permissions.has("orders.read") && <RecentOrders orders={orders} username={user.username} now={now} zone={policy.timeZone} />}
        </div>
        <div className="grid min-w-0 gap-4">
          <AccountActions user={user} isFrozen={balance.status === "frozen"} isByRule={ruleOfReason(balance.statusReason) !== null} staff={staff} today={reading.today} roles={roles} />
          {staff.permissions.has("risk.read") && staff.id !== user.id && <PersonRisk db={db} userId={user.id} balance={balance} zone={policy.timeZone} />}
          {staff.permissions.has("adjustments.read") && <PersonAdjustments userId={user.id} zone={policy.timeZone} />}
          <Lots lots={lots} now={now} zone={policy.timeZone} />
          <AccountHistory history={user.history} zone={policy.timeZone} />
        </div>
      </div>
    </>
  );
}

/** Why and until when: a rule's own sentence, or a colleague's. */
async function Frozen({ balance: { statusReason, frozenUntil }, reading: { locale, policy } }: { balance: Balance; reading: Reading }) {
  const [t, risk] = await Promise.all([getTranslations("admin.user"), getTranslations("adminRisk")]);
  const rule = ruleOfReason(statusReason);
  return (
    <Notice tone="danger" className="mb-4">
      <p>{t("frozenBecause", { reason: rule ? risk(`rules.${rule}`) : (statusReason ?? "") })}</p>
      <p className="text-caption">{frozenUntil ? risk("frozenUntil", { at: formatInstant(locale, frozenUntil, policy.timeZone) }) : risk("noEnd")}</p>
    </Notice>
  );
}

async function Who({ user, status, reading: { locale, policy }, seesContact }: { user: StaffUser; status: "active" | "frozen"; reading: Reading; seesContact: boolean }) {
  const t = await getTranslations("admin.user");
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-dense">
      <RoleBadge role={user.role} />
      <AccountStatusBadge status={status} />
      <span className="break-all">{seesContact ? user.email : maskEmail(user.email)}</span>
      <span>{t("joined", { day: formatDayOf(locale, user.createdAt, policy.timeZone) })}</span>
      <span>{user.lastSeenOn ? t("seen", { day: formatDay(locale, user.lastSeenOn, "dayAndYear") }) : t("neverSeen")}</span>
    </span>
  );
}
