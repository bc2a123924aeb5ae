import { getTranslations } from "next-intl/server";
import { CheckInRail } from "./check-in-rail";
import { DrawCard } from "./draws/draw-card";
import { EarnWays } from "./earn-ways";
import { FlashStrip } from "./flash/flash-strip";
import { FrozenNotice } from "./frozen-notice";
import { GuestRail } from "./guest-rail";
import { startReading, type Reading } from "./reading";
import { readViewer } from "./viewer";
import { cardView, inLanguage } from "./views";
import { PageFrame } from "./page-frame";
import { keptCategories } from "@/app/catalog-cache";
import { SectionHeader } from "@/components/page-header";
import { ProductCard, ProductGrid } from "@/components/product-card";
import { NavTabs } from "@/components/ui/nav-tabs";
import { Notice } from "@/components/ui/notice";
import { ButtonLink } from "@/components/ui/button-link";
import { currentShopper, type Shopper } from "@/lib/auth";
import { formatTime } from "@/lib/i18n";
import { listOrders } from "@/lib/orders/queries";
import { getBalance } from "@/lib/points/queries";
import { listRecommended } from "@/lib/recommend/queries";

const PRODUCTS_SHOWN = 8;

export default async function HomePage() {
  const [reading, shopper, t] = await Promise.all([startReading(), currentShopper(), getTranslations("home")]);
  const balance = shopper && (await getBalance(reading.db, shopper.id, reading.now));
  return (
    <PageFrame
      heading={<h1 tabIndex={-1} className="mb-3 text-section font-semibold">{shopper ? t("greeting", { part: partOfDay(reading), name: shopper.username }) : t("welcome")}</h1>}
      rail={
        <>
          {balance && <FrozenNotice balance={balance} reading={reading} />}
          {shopper && balance ? <CheckInRail reading={reading} userId={shopper.id} balance={balance} /> : <GuestRail reading={reading} />}
          {shopper && <WaitingOrder reading={reading} shopper={shopper} />}
          <DrawCard reading={reading} userId={shopper?.id} />
          <EarnWays reading={reading} isGuest={shopper === null} />
        </>
      }
    >
      <FlashStrip reading={reading} userId={shopper?.id ?? null} />
      <Recommended reading={reading} shopper={shopper} balance={balance?.pointsAvailable ?? null} />
    </PageFrame>
  );
}

/** morning, afternoon or evening on the programme's clock. */
function partOfDay({ now, policy }: Reading): string {
  const hour = Number(formatTime("en", now, policy.timeZone).slice(0, 2));
  return hour >= 5 && hour < 12 ? "morning" : hour >= 12 && hour < 18 ? "afternoon" : "evening";
}

async function Recommended({ reading, shopper, balance }: { reading: Reading; shopper: Shopper | null; balance: number | null }) {
  const { db, locale, now, policy } = reading;
  const [{ standing }, categories, t] = await Promise.all([readViewer(), keptCategories(), getTranslations("home")]);
  const products = await listRecommended(db, { userId: shopper?.id ?? null, standing, balance, pointsPerYuan: policy.pointsPerYuan }, PRODUCTS_SHOWN, now);
  return (
    <section aria-labelledby="goods">
      <SectionHeader id="goods" title={t("goods")} href="/shop" linkLabel={t("allGoods")} />
      <NavTabs
        label={t("categories")} className="mb-3"
        tabs={[
          { href: "/", label: t("recommended"), current: true },
          ...(shopper ? [{ href: "/shop?affordable=1" as const, label: t("affordable"), current: false }] : []),
          ...categories.filter(({ parentId }) => parentId === null).map((category) => ({ href: `/shop?category=${category.slug}` as const, label: inLanguage(locale, category.name, category.nameEn), current: false })),
        ]}
      />
      <ProductGrid>
        {products.map((product, index) => (
          <li key={product.id}><ProductCard product={cardView(locale, product)} balance={balance} eager={index < 4} /></li>
        ))}
      </ProductGrid>
    </section>
  );
}

/** An order that waits for its cash says until when. */
async function WaitingOrder({ reading: { db, locale, policy, now }, shopper }: { reading: Reading; shopper: Shopper }) {
  const [{ orders }, t] = await Promise.all([listOrders(db, shopper.id, { status: "pending", limit: 1 }), getTranslations("home")]);
  const order = orders[0];
  if (!order?.payBy || order.payBy <= now) return null;
  return (
    <Notice tone="warning" className="mt-3">
      <p>{t("waitingOrder", { time: formatTime(locale, order.payBy, policy.timeZone) })}</p>
      <ButtonLink href={`/orders/${order.publicId}`} size="filter" className="mt-2">{t("payNow")}</ButtonLink>
    </Notice>
  );
}
