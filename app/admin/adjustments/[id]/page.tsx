import type { Metadata } from "next";
import { useLocale } from "next-intl";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { notFound } from "next/navigation";
import { readParams, type Reading, type SearchParams } from "../../../(shop)/reading";
import { oneOf, startStaffReading } from "../../reading";
import { approveForm, rejectForm, withdrawForm } from "../actions";
import { Points } from "../adjustment-table";
import { Decision } from "../decision";
import { Fact, History } from "../facts";
import { AdjustmentStatusBadge } from "../status-badge";
import { hrefWith } from "@/components/admin/href";
import { PageHeader } from "@/components/page-header";
import { Card } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { foresee } from "@/lib/adjustments/adjustment";
import { type AdjustmentFacts, findAdjustment, isInDoubt } from "@/lib/adjustments/staff-queries";
import type { UserId } from "@/lib/ctx";
import { formatDayOf, formatPoints, type Locale } from "@/lib/i18n";
import { PUBLIC_ID } from "@/lib/id";
import { NEVER } from "@/lib/points/lots";
import { getBalance, type Balance } from "@/lib/points/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminAdjustments"))("one") };
}

type AdjustmentPageProps = { params: Promise<{ id: string }>; searchParams: SearchParams };

export default async function AdjustmentPage({ params, searchParams }: AdjustmentPageProps) {
  const reading = await startStaffReading("adjustments.read", "/admin/adjustments");
  const { db, now, policy, staff } = reading;
  const { id } = await params;
  const found = PUBLIC_ID.test(id) ? await findAdjustment(id) : null;
  if (!found) notFound();
  const [t, balance, { done }] = await Promise.all([getTranslations("adminAdjustments"), getBalance(db, found.userId as UserId, now), readParams(searchParams, "done")]);
  const news = oneOf(["applied", "asked"] as const, done);
  const isWaiting = found.status === "pending" && found.batchId === null;
  return (
    <>
      <PageHeader title={t("one")} back={{ href: hrefWith("/admin/adjustments"), label: t("title") }} lead={<AdjustmentStatusBadge status={found.status} />} />
      {news && <Notice tone="success" role="status" className="mb-4">{t(`done.${news}`)}</Notice>}
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:items-start">
        <div className="grid min-w-0 gap-4">
          <Facts found={found} reading={reading} seesPeople={staff.permissions.has("people.read")} />
          <BalancePreview found={found} balance={balance} />
        </div>
        <div className="grid min-w-0 gap-4">
          {isWaiting && (
            <Decision
              staff={staff} waiting={{ status: found.status, requestedBy: found.makerId, people: [found.userId] }} hidden={{ adjustmentId: found.publicId }}
              actions={{ approve: approveForm, reject: rejectForm, withdraw: withdrawForm }} hint={t("decide.approveHint")} obstacle={await obstacleOf(found, balance, now)}
            />
          )}
          <History of={found} zone={policy.timeZone} />
        </div>
      </div>
    </>
  );
}

/** Why it cannot be allowed as things are now. */
async function obstacleOf({ userId, points, expiresAt }: AdjustmentFacts, balance: Balance, now: Date): Promise<string | null> {
  const t = await getTranslations("adminAdjustments.preview");
  if (await isInDoubt(userId)) return t("held");
  if (points > 0 && expiresAt !== null && expiresAt <= now) return t("outdated");
  const { pointsMissing } = foresee(balance, points);
  return pointsMissing > 0 ? t("short", { points: pointsMissing }) : null;
}

async function Facts({ found, reading: { locale, policy }, seesPeople }: { found: AdjustmentFacts; reading: Reading; seesPeople: boolean }) {
  const t = await getTranslations("adminAdjustments");
  const link = "inline-flex min-h-6 items-center gap-1.5 font-medium text-primary hover:underline";
  const expires = found.expiresAt === null ? t("facts.expiresByRule") : found.expiresAt.getTime() === NEVER.getTime() ? "—" : formatDayOf(locale, new Date(found.expiresAt.getTime() - 1), policy.timeZone);
  return (
    <Card as="section" aria-labelledby="facts-title">
      <h2 id="facts-title" className="mb-3 text-section font-semibold">{t("facts.title")}</h2>
      <dl className="grid gap-3 text-dense">
        <Fact label={t("facts.person")}>{seesPeople ? <Link href={hrefWith(`/admin/users/${found.userId}`)} className={link}>{found.username}</Link> : found.username}</Fact>
        <Fact label={t("facts.points")}><Points {...found} /></Fact>
        <Fact label={t("facts.reason")}>{t(`reasons.${found.reason}`)}</Fact>
        <Fact label={t("facts.note")}>{found.note || <span className="text-muted">{t("facts.noteGone")}</span>}</Fact>
        {found.points > 0 && <Fact label={t("facts.expires")}>{expires}</Fact>}
        {found.attachmentType !== null && (
          <Fact label={t("facts.attachment")}>
            {found.attachmentType === "image/webp" && <img src={`/admin/adjustments/${found.publicId}/attachment`} alt={t("facts.attachment")} loading="lazy" className="mb-2 max-h-72 max-w-full rounded-control border border-border" />}
            <a href={`/admin/adjustments/${found.publicId}/attachment`} download className={link}><Icon name="download" size={16} />{t("facts.download")}</a>
          </Fact>
        )}
        {found.batchId !== null && <Fact label={t("facts.batch")}><Link href={hrefWith(`/admin/adjustments/batch/${found.batchId}`)} className={link}>{found.batchFile || t("batch")}</Link></Fact>}
      </dl>
    </Card>
  );
}

/** What it would come to now; once it is in the books, what it came to. */
async function BalancePreview({ found, balance }: { found: AdjustmentFacts; balance: Balance }) {
  const t = await getTranslations("adminAdjustments.preview");
  if (found.status === "rejected" || found.status === "withdrawn") return null;
  const isDone = found.status === "applied" && found.balanceAfter !== null;
  const after = foresee(balance, found.points);
  const [before, then] = isDone ? [found.balanceAfter! - found.points, found.balanceAfter!] : [balance.pointsAvailable, after.pointsAvailable];
  return (
    <Card as="section" aria-labelledby="balance-title">
      <h2 id="balance-title" className="mb-3 text-section font-semibold">{t("title")}</h2>
      <dl className="flex flex-wrap items-end gap-x-8 gap-y-3">
        <Amount label={isDone ? t("before") : t("now")} points={before} />
        {(isDone || after.pointsMissing === 0) && <Amount label={isDone ? t("done") : t("after")} points={then} isStrong />}
      </dl>
      {!isDone && balance.pointsDebt > 0 && <p className="mt-2 text-caption text-muted">{t("debt", { points: balance.pointsDebt })}</p>}
    </Card>
  );
}

function Amount({ label, points, isStrong = false }: { label: string; points: number; isStrong?: boolean }) {
  const locale = useLocale() as Locale;
  return (
    <div>
      <dt className="text-caption text-muted">{label}</dt>
      <dd className={isStrong ? "text-figure font-semibold tabular-nums" : "text-title text-muted tabular-nums"}>{formatPoints(locale, points)}</dd>
    </div>
  );
}
