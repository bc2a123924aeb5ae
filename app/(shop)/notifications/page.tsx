import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readParams, startReading, type SearchParams } from "../reading";
import { loadNotices, readAllNotices } from "./actions";
import { NoticeList } from "./notice-list";
import { readNotices } from "./notices";
import { EmptyState } from "@/components/empty-state";
import { LoadMore } from "@/components/load-more";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { SubmitButton } from "@/components/ui/submit-button";
import { requireShopper } from "@/lib/auth";
import { dayOf } from "@/lib/day";
import { countUnread } from "@/lib/notifications/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("notifications"))("title") };
}

export default async function NotificationsPage({ searchParams }: { searchParams: SearchParams }) {
  const [reading, shopper, params, t, tCommon] = await Promise.all([
    startReading(), requireShopper("/notifications"), readParams(searchParams, "before"), getTranslations("notifications"), getTranslations("common"),
  ]);
  const [page, unread] = await Promise.all([readNotices(reading, shopper.id, params.before, (at) => dayOf(at, reading.policy.timeZone)), countUnread(reading.db, shopper.id)]);
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        title={t("title")}
        actions={
          <>
            {unread > 0 && <form action={readAllNotices}><SubmitButton pendingLabel={tCommon("pending")}>{t("markAll")}</SubmitButton></form>}
            <ButtonLink href="/notifications/settings" look="quiet">{t("settings")}</ButtonLink>
          </>
        }
      />
      {page.notices.length === 0 ? (
        <EmptyState title={t("empty")} action={<ButtonLink href="/shop" look="primary">{t("toShop")}</ButtonLink>}>{t("emptyHint")}</EmptyState>
      ) : (
        <>
          <NoticeList notices={page.notices} reading={reading} continues={page.continues} />
          <LoadMore
            first={page.next} href={`/notifications?before=${encodeURIComponent(page.next ?? "")}`} load={loadNotices}
            words={{ more: tCommon("more"), pending: tCommon("loading"), failed: tCommon("failed") }}
          />
        </>
      )}
    </div>
  );
}
