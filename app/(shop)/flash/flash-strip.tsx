import { getTranslations } from "next-intl/server";
import type { Reading } from "../reading";
import { FlashCard } from "./flash-card";
import { flashViews } from "./flash-view";
import { SectionHeader } from "@/components/page-header";
import { ProductGrid } from "@/components/product-card";
import type { UserId } from "@/lib/ctx";
import { listFlashOffers } from "@/lib/flash/queries";

const SHOWN = 4;
const NEAR_MS = 24 * 3_600_000;

/** On the home page: sales that are on or begin within a day; nothing where there are none. */
export async function FlashStrip({ reading, userId }: { reading: Reading; userId: UserId | null }) {
  const offers = (await listFlashOffers(reading.db, reading.now, SHOWN * 2)).filter(({ startsAt }) => startsAt.getTime() - reading.now.getTime() <= NEAR_MS);
  const sales = await flashViews(offers, userId, reading);
  if (sales.length === 0) return null;
  const t = await getTranslations("flash");
  return (
    <section aria-labelledby="flash-sales" className="mb-8">
      <SectionHeader id="flash-sales" title={t("title")} href="/flash" linkLabel={t("all")} />
      <ProductGrid>{sales.slice(0, SHOWN).map((sale) => <li key={sale.id}><FlashCard sale={sale} zone={reading.policy.timeZone} eager /></li>)}</ProductGrid>
    </section>
  );
}
