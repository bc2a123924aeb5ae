import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import type { PictureFile } from "@/lib/catalog/pictures/rendition";
import { formatCash, formatPoints, type Locale } from "@/lib/i18n";
import { Price } from "./price";
import { ProductPicture } from "./product-picture";
import { Icon } from "./ui/icon";

export type ProductCardView = {
  slug: string;
  name: string;
  picture: string;
  /** The product's own picture; without one, the illustration. */
  cover?: PictureFile | null;
  points: number;
  cashCents: number;
  /** The price for everybody, where the viewer has a better one; and whose that is: a level's name, or empty. */
  base?: { points: number; cashCents: number } | null;
  pricedFor?: string | null;
  /** The lowest level that opens it, where the viewer may not have it. */
  lockedFor?: string | null;
  stock: number;
  /** Of a cash price: the most points that take something off it. */
  discountPointsMax?: number;
};

/** Two, three and four in a row. */
const SIZES = "(min-width: 64rem) 19rem, (min-width: 48rem) 31vw, 46vw";

/** At or below this many pieces the card says how many are left. */
const FEW_PIECES = 5;

type ProductCardProps = { product: ProductCardView; /** The viewer's points; null for a guest. */ balance: number | null; eager?: boolean; heading?: "h2" | "h3" };

export function ProductCard({ product, balance, eager, heading: Heading = "h3" }: ProductCardProps) {
  return (
    <Link
      href={`/products/${product.slug}`} prefetch={false}
      className="group flex h-full flex-col overflow-hidden rounded-card border border-border bg-card shadow-card transition-colors duration-150 hover:border-input"
    >
      <div className="relative overflow-hidden">
        <ProductPicture picture={product.picture} cover={product.cover} sizes={SIZES} eager={eager} className="transition-transform duration-200 ease-out group-hover:scale-[1.03]" />
        <StockTag stock={product.stock} />
        {product.lockedFor && <LockTag level={product.lockedFor} />}
      </div>
      <div className="flex grow flex-col px-3 pt-2.5 pb-3">
        <Heading className="line-clamp-2 min-h-10 text-dense font-medium">{product.name}</Heading>
        <span className="mt-1.5 flex flex-wrap items-baseline gap-x-2">
          <Price points={product.points} cashCents={product.cashCents} />
          {product.base && <BasePrice {...product.base} />}
        </span>
        {typeof product.pricedFor === "string" && <PriceLabel level={product.pricedFor} />}
        {product.lockedFor ? null : product.points > 0
          ? <Affordability points={product.points} balance={balance} stock={product.stock} />
          : <DiscountLine points={product.discountPointsMax ?? 0} />}
      </div>
    </Link>
  );
}

function StockTag({ stock }: { stock: number }) {
  const t = useTranslations("product");
  if (stock > FEW_PIECES) return null;
  return (
    <span className={`absolute start-2 top-2 rounded-full bg-card px-2 py-0.5 text-meta font-semibold ${stock === 0 ? "text-muted" : "text-streak"}`}>
      {stock === 0 ? t("soldOut") : t("fewLeft", { stock })}
    </span>
  );
}

/** For whom it is, instead of whether it can be afforded. */
function LockTag({ level }: { level: string }) {
  const t = useTranslations("product.card");
  return (
    <span className="absolute inset-x-2 bottom-2 flex w-fit max-w-[calc(100%-1rem)] items-center gap-1 rounded-full bg-card px-2 py-0.5 text-meta font-semibold text-fg">
      <Icon name="lock" size={16} className="shrink-0" />
      <span className="truncate">{t("lockedFor", { level })}</span>
    </span>
  );
}

/** What everybody else pays, struck through and said. */
export function BasePrice({ points, cashCents }: { points: number; cashCents: number }) {
  const t = useTranslations("product");
  const locale = useLocale() as Locale;
  return (
    <s className="text-meta text-muted tabular-nums">
      <span className="sr-only">{t("card.basePrice")} </span>
      {[...(points > 0 ? [t("points", { points: formatPoints(locale, points) })] : []), ...(cashCents > 0 ? [formatCash(locale, cashCents)] : [])].join(" + ")}
    </s>
  );
}

/** Whose price it is. */
export function PriceLabel({ level }: { level: string }) {
  const t = useTranslations("product.card");
  return <span className="mt-1 w-fit rounded-chip bg-points-soft px-1.5 text-meta font-medium text-points">{level ? t("levelPrice", { level }) : t("ownPrice")}</span>;
}

/** "Affordable", or how many points are missing; guests see neither. */
export function Affordability({ points, balance, stock }: { points: number; balance: number | null; stock: number }) {
  const t = useTranslations("product");
  const locale = useLocale() as Locale;
  if (balance === null || stock === 0) return null;
  if (balance >= points) {
    return (
      <span className="mt-0.5 flex items-center gap-1 text-meta font-medium text-success">
        <Icon name="check" size={16} className="-ms-0.5" />
        {t("affordable")}
      </span>
    );
  }
  return <span className="mt-0.5 block text-meta text-muted tabular-nums">{t("pointsMissing", { points: formatPoints(locale, points - balance) })}</span>;
}

function DiscountLine({ points }: { points: number }) {
  const t = useTranslations("product");
  const locale = useLocale() as Locale;
  if (points === 0) return null;
  return <span className="mt-0.5 block text-meta text-muted tabular-nums">{t("discountUpTo", { points: formatPoints(locale, points) })}</span>;
}

export function ProductGrid({ children, className = "grid-cols-2 md:grid-cols-3 lg:grid-cols-4" }: { children: React.ReactNode; className?: string }) {
  return <ul className={`grid gap-3 md:gap-5 ${className}`}>{children}</ul>;
}
