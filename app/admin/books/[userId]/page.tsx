import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { readParams, type SearchParams } from "../../../(shop)/reading";
import { LotPage } from "../../../(shop)/wallet/why/lot-page";
import { momentIn } from "../../../(shop)/wallet/why/moment";
import { MomentForm, PastLots, Sum } from "../../../(shop)/wallet/why/past-balance";
import { whyHref } from "../../../(shop)/wallet/trace";
import { idIn, startStaffReading } from "../../reading";
import { traceLotOf } from "./actions";
import { hrefWith } from "@/components/admin/href";
import { NoPermission } from "@/components/admin/list-empty";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { mayOpenAccount } from "@/lib/accounts/permission";
import { findUserForStaff } from "@/lib/accounts/staff-queries";
import { getPastBalance } from "@/lib/points/history-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminBooks"))("traceTitle") };
}

type BookPageProps = { params: Promise<{ userId: string }>; searchParams: SearchParams };

/** The same trace that the person sees, for staff: the balance at a moment, lot by lot. */
export default async function BookPage({ params, searchParams }: BookPageProps) {
  const reading = await startStaffReading("books.read", "/admin/books");
  const id = idIn((await params).userId);
  const user = id === undefined ? null : await findUserForStaff(reading.db, id, reading.now);
  if (!user) notFound();
  const [t, users, query] = await Promise.all([getTranslations("adminBooks"), getTranslations("admin.users"), readParams(searchParams, "at", "lot", "before", "page")]);
  if (!mayOpenAccount(reading.staff, user)) return <NoPermission heading="h1" action={<ButtonLink href="/admin/users" size="dense">{users("toShoppers")}</ButtonLink>}>{users("teamRefused")}</NoPermission>;

  const path = `/admin/books/${user.id}`;
  const why = whyHref(path);
  const asked = momentIn(query.at, reading.policy.timeZone, reading.now);
  const past = await getPastBalance(reading.db, user.id, asked.moment);
  const at = asked.problem ? "" : query.at;
  const lotId = idIn(query.lot);
  return (
    <div className="max-w-3xl">
      <PageHeader title={t("trace", { name: user.username })} back={{ href: hrefWith(`/admin/users/${user.id}`), label: t("toAccount") }} />
      <MomentForm asked={asked} action={path} reading={reading} />
      <Sum past={past} userId={user.id} reading={reading} />
      {lotId === undefined
        ? <PastLots past={past} at={at} page={idIn(query.page) ?? 1} why={why} trace={traceLotOf.bind(null, user.id)} reading={reading} />
        : <LotPage past={past} userId={user.id} lotId={lotId} before={idIn(query.before)} at={at} why={why} reading={reading} />}
    </div>
  );
}
