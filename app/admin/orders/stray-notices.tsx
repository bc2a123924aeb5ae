import { getLocale, getTranslations } from "next-intl/server";
import { outcomeKey, type NoticeResultKey, type ProviderName } from "./[id]/payments-panel";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import type { Db } from "@/db/client";
import { formatCash, formatInstant } from "@/lib/i18n";
import { listStrayNotices } from "@/lib/orders/payment-queries";

const DAYS_SHOWN = 14;
const NOTICES_SHOWN = 5;

/** Money that may have come and fits nothing: it is seen for two weeks where orders are looked through. There is none on most days. */
export async function StrayNotices({ db, now, zone, days = DAYS_SHOWN, most = NOTICES_SHOWN }: { db: Db; now: Date; zone: string; days?: number; most?: number }) {
  const notices = await listStrayNotices(db, new Date(now.getTime() - days * 86_400_000), most);
  if (notices.length === 0) return null;
  const [t, locale] = await Promise.all([getTranslations("adminPayments"), getLocale()]);
  return (
    <Card as="section" aria-labelledby="stray-title" className="mb-4 border-warning">
      <h2 id="stray-title" className="text-section font-semibold">{t("stray.title")}</h2>
      <p className="mb-2 text-caption text-pretty text-muted">{t("stray.lead")}</p>
      <ul className="divide-y divide-border">
        {notices.map(({ provider, noticeId, reference, result, amountCents, outcome, createdAt }) => (
          <li key={`${provider} ${noticeId}`} className="py-2 text-dense">
            <p><span className="font-medium tabular-nums">{formatCash(locale, amountCents)}</span> · {t(`provider.${provider as ProviderName}`)} · {t(`result.${result as NoticeResultKey}`)} · {t(`outcome.${outcomeKey(outcome)}`)}</p>
            <p className="text-caption text-muted">{formatInstant(locale, createdAt, zone)} · {t("reference")} <span className="font-mono break-all">{reference}</span> <CopyButton text={reference} label={t("copyReference")} copiedLabel={t("copied")} /></p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
