import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { meterWords, type FlashView } from "./flash-view";
import { FlashMeterLater } from "@/components/flash/flash-meter-later";
import { Price } from "@/components/price";
import { ProductPicture } from "@/components/product-picture";
import { Icon } from "@/components/ui/icon";
import { formatInstant, PROGRAMME_ZONE } from "@/lib/i18n";

type FlashCardProps = { sale: FlashView; zone?: string; eager?: boolean; heading?: "h2" | "h3" };

/** A sale on a list: what, for how much, for how long, and how many are left. */
export function FlashCard({ sale, zone = PROGRAMME_ZONE, eager, heading: Heading = "h3" }: FlashCardProps) {
  const t = useTranslations("flash");
  const locale = useLocale();
  return (
    <Link
      href={sale.href} prefetch={false}
      className="group flex h-full flex-col overflow-hidden rounded-card border border-border bg-card shadow-card transition-colors duration-150 hover:border-input"
    >
      <div className="relative overflow-hidden">
        <ProductPicture picture={sale.picture} cover={sale.cover} sizes="(min-width: 64rem) 15rem, (min-width: 48rem) 33vw, 50vw" eager={eager} className="transition-transform duration-200 ease-out group-hover:scale-[1.03]" />
        {sale.off > 0 && <span className="absolute start-2 top-2 rounded-full bg-streak-soft px-2 py-0.5 text-meta font-semibold text-streak">{t("off", { percent: sale.off })}</span>}
      </div>
      <div className="flex grow flex-col gap-1.5 px-3 pt-2.5 pb-3">
        <Heading className="line-clamp-2 min-h-10 text-dense font-medium">{sale.product}{sale.option && ` ${sale.option}`}</Heading>
        <div>
          <Price points={sale.points} cashCents={sale.cashCents} />
          <ShopPrice sale={sale} className="block" />
        </div>
        {sale.lockedFor !== null && <p className="flex items-center gap-1 text-meta text-muted"><Icon name="lock" size={16} />{t("locked", { level: sale.lockedFor })}</p>}
        {sale.phase === "soon" && <p className="text-meta text-muted">{t("startsAt", { time: formatInstant(locale, sale.startsAt, zone) })}</p>}
        <div className="mt-auto"><FlashMeterLater id={sale.id} sight={sale.sight} words={meterWords(t)} /></div>
      </div>
    </Link>
  );
}

/** What the shop asks for the same thing. */
export function ShopPrice({ sale, className }: { sale: Pick<FlashView, "off" | "shopPoints" | "shopCashCents">; className?: string }) {
  const t = useTranslations("flash");
  if (sale.off === 0) return null;
  return (
    <span className={className}>
      <span className="text-caption text-muted">{t("shopPrice")} </span>
      <s className="no-underline"><Price points={sale.shopPoints} cashCents={sale.shopCashCents} size="line" className="text-caption! font-normal! text-muted! line-through" /></s>
    </span>
  );
}
