import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { startReading } from "../reading";
import { FlashCard } from "./flash-card";
import { flashViews, type FlashView } from "./flash-view";
import { EmptyState } from "@/components/empty-state";
import { PageHeader, SectionHeader } from "@/components/page-header";
import { ProductGrid } from "@/components/product-card";
import { ButtonLink } from "@/components/ui/button-link";
import { currentShopper } from "@/lib/auth";
import { listFlashOffers } from "@/lib/flash/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("flash");
  return { title: t("title"), description: t("intro") };
}

/** What is on, and what begins soon. */
export default async function FlashPage() {
  const [reading, shopper, t] = await Promise.all([startReading(), currentShopper(), getTranslations("flash")]);
  const sales = await flashViews(await listFlashOffers(reading.db, reading.now), shopper?.id ?? null, reading);
  return (
    <>
      <PageHeader title={t("title")} lead={t("intro")} />
      {sales.length === 0 && <EmptyState title={t("none")} action={<ButtonLink href="/shop" look="primary">{t("toShop")}</ButtonLink>}>{t("noneHint")}</EmptyState>}
      <Sales id="now" title={t("now")} sales={sales.filter(({ phase }) => phase === "on")} zone={reading.policy.timeZone} />
      <Sales id="soon" title={t("soon")} sales={sales.filter(({ phase }) => phase === "soon")} zone={reading.policy.timeZone} />
    </>
  );
}

function Sales({ id, title, sales, zone }: { id: string; title: string; sales: readonly FlashView[]; zone: string }) {
  if (sales.length === 0) return null;
  return (
    <section aria-labelledby={id} className="mb-8">
      <SectionHeader id={id} title={title} />
      <ProductGrid>{sales.map((sale, index) => <li key={sale.id}><FlashCard sale={sale} zone={zone} eager={index < 4} /></li>)}</ProductGrid>
    </section>
  );
}
