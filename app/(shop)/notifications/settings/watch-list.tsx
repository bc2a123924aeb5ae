import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { unwatchForm } from "../../products/[slug]/watch-actions";
import type { Reading } from "../../reading";
import { inLanguage } from "../../views";
import { WatchButton } from "@/components/watch-button";
import { listWatches } from "@/lib/catalog/watching/queries";
import type { UserId } from "@/lib/ctx";
import { dayOf } from "@/lib/day";
import { formatDay } from "@/lib/i18n";

/** What the person waits for, each with a way to wait no longer. */
export async function WatchList({ shopper, reading: { db, now, policy, locale } }: { shopper: { id: UserId }; reading: Pick<Reading, "db" | "now" | "policy" | "locale"> }) {
  const [t, watches] = await Promise.all([getTranslations("notifications.watches"), listWatches(db, shopper.id, now)]);
  return (
    <section aria-labelledby="watches" className="mt-8">
      <h2 id="watches" className="text-section font-semibold">{t("title")}</h2>
      <p className="mt-0.5 mb-3 text-caption text-muted">{watches.length === 0 ? t("empty") : t("lead")}</p>
      {watches.length > 0 && (
        <ul className="divide-y divide-border rounded-hero border border-border bg-card">
          {watches.map(({ skuId, slug, createdAt, ...names }) => {
            const name = [inLanguage(locale, names.productName, names.productNameEn), inLanguage(locale, names.skuName, names.skuNameEn)].filter(Boolean).join(" · ");
            return (
              <li key={skuId} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3 md:px-5">
                <WatchButton action={unwatchForm} skuId={skuId} label={t("remove")} describes={t("removeOf", { name })} pending={t("pending")}>
                  <div className="min-w-0 grow basis-60">
                    {slug ? <Link href={`/products/${slug}` as Route} prefetch={false} className="inline-block min-h-6 font-medium hover:text-primary hover:underline">{name}</Link> : <p className="font-medium">{name}</p>}
                    <p className="text-caption text-muted">{t("since", { day: formatDay(locale, dayOf(createdAt, policy.timeZone)) })}</p>
                  </div>
                </WatchButton>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
