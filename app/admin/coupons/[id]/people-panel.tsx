import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import type { Reading } from "../../../(shop)/reading";
import { voidCouponForm } from "../actions";
import { peopleHref } from "../filter";
import { CommandForm } from "@/components/admin/command-form";
import { DataTable, type Column } from "@/components/admin/data-table";
import { FirstUse, NoResults } from "@/components/admin/list-empty";
import { Moment } from "@/components/admin/moment";
import { Pager } from "@/components/admin/resource-index";
import { SearchForm } from "@/components/admin/search-form";
import { Badge, type Progress, type Tone } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import type { StaffCoupon } from "@/lib/coupons/staff-queries";
import { formatDayOf } from "@/lib/i18n";
import { publicId } from "@/lib/id";
import type { Turned } from "@/lib/page";

const SOURCES = ["claim", "grant", "order", "draw", "code"] as const;
const looks: Record<"active" | "expired" | "used" | "void", { tone: Tone; progress: Progress }> = {
  active: { tone: "success", progress: "waiting" }, expired: { tone: "neutral", progress: "ended" }, used: { tone: "info", progress: "done" }, void: { tone: "danger", progress: "ended" },
};

const stateOf = ({ status, expiresAt }: StaffCoupon, now: Date): keyof typeof looks => (status === "active" && expiresAt <= now ? "expired" : status);

type PeoplePanelProps = { templateId: number; people: Turned<StaffCoupon>; search: string; reading: Reading };

/** Whose coupons they are, what became of them, and the way to take one back. */
export async function PeoplePanel({ templateId, people, search, reading: { now, locale, policy } }: PeoplePanelProps) {
  const t = await getTranslations("adminCoupons.people");
  const zone = policy.timeZone;
  const columns: Column<StaffCoupon>[] = [
    { key: "person", label: t("columns.person"), phone: "title", cell: ({ userId, username, email }) => <Person id={userId} username={username} email={email} /> },
    { key: "status", label: t("columns.status"), phone: "corner", cell: (coupon) => <Badge {...looks[stateOf(coupon, now)]}>{t(`statuses.${stateOf(coupon, now)}`)}</Badge> },
    { key: "source", label: t("columns.source"), phone: "pair", cell: ({ sourceType }) => t(`sources.${SOURCES.find((source) => source === sourceType) ?? "grant"}`) },
    { key: "created", label: t("columns.created"), phone: "pair", cell: ({ createdAt }) => <span className="text-muted"><Moment at={createdAt} now={now} zone={zone} /></span> },
    { key: "until", label: t("columns.until"), phone: "pair", cell: ({ expiresAt }) => formatDayOf(locale, new Date(expiresAt.getTime() - 1), zone) },
    { key: "actions", label: t("columns.actions"), phone: "line", cell: (coupon) => (stateOf(coupon, now) === "active" ? <TakeBack coupon={coupon} /> : coupon.orderPublicId && <Link href={`/admin/orders/${coupon.orderPublicId}` as Route} className="inline-flex min-h-6 items-center text-primary underline">{t("order")}</Link>) },
  ];
  return (
    <Card as="section" padded={false} aria-labelledby="people-title" className="overflow-hidden">
      <div className="grid gap-3 p-4">
        <h2 id="people-title" className="text-section font-semibold">{t("title")}</h2>
        <SearchForm action={peopleHref(templateId, "")} label={t("search")} value={search} keep={{}} />
      </div>
      {people.rows.length === 0 ? <Empty isFiltered={search !== ""} templateId={templateId} /> : (
        <>
          <DataTable caption={t("caption")} columns={columns} rows={people.rows} keyOf={({ publicId: id }) => id} />
          <Pager
            summary={t("summary", { count: people.rows.length })} previous={people.previousAfter === null ? null : peopleHref(templateId, search, { after: people.previousAfter })}
            next={people.nextBefore === null ? null : peopleHref(templateId, search, { before: people.nextBefore })}
          />
        </>
      )}
    </Card>
  );
}

async function Empty({ isFiltered, templateId }: { isFiltered: boolean; templateId: number }) {
  const t = await getTranslations("adminCoupons.people");
  return isFiltered ? <NoResults clear={peopleHref(templateId, "")} /> : <FirstUse title={t("empty")}>{t("emptyHint")}</FirstUse>;
}

function Person({ id, username, email }: { id: number | null; username: string | null; email: string | null }) {
  return (
    <>
      <Link href={`/admin/users/${id}` as Route} prefetch={false} className="inline-block min-h-6 min-w-6 font-semibold hover:underline">{username}</Link>
      <span className="block text-caption break-all text-muted">{email}</span>
    </>
  );
}

/** A reason is asked for: the person is told, and whoever looks later can read it. */
async function TakeBack({ coupon }: { coupon: StaffCoupon }) {
  const t = await getTranslations("adminCoupons.people");
  return (
    <details className="group">
      <summary aria-label={t("voidOf", { person: coupon.username ?? "" })} className="inline-flex min-h-6 cursor-pointer items-center text-caption font-medium text-danger hover:underline">{t("void")}</summary>
      <div className="mt-2 min-w-48">
        <CommandForm
          action={voidCouponForm} label={t("voidOf", { person: coupon.username ?? "" })} hidden={{ requestId: publicId(), couponId: coupon.publicId }} submit={t("void")} pending={t("voiding")} look="danger"
          fields={[{ name: "reason", id: `reason-${coupon.publicId}`, label: t("voidReason"), maxLength: 200, autoComplete: "off" }]}
        />
      </div>
    </details>
  );
}
