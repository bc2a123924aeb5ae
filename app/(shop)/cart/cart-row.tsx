import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { inLanguage } from "../views";
import { Price } from "@/components/price";
import { ProductPicture } from "@/components/product-picture";
import type { Locale } from "@/lib/i18n";
import type { CartLine } from "@/lib/orders/cart/queries";

type CartRowProps = { line: CartLine; locale: Locale; /** Why it cannot be had. */ problem?: string; /** How many, and the way out of the cart. */ children?: ReactNode };

/** A product in the cart, at its owner's price. */
export function CartRow({ line, locale, problem, children }: CartRowProps) {
  const { offer, quantity } = line;
  const variant = inLanguage(locale, line.skuName, line.skuNameEn);
  const isInPoints = offer.priceMode !== "cash_discount" || offer.pointsPrice > 0;
  return (
    <div className="flex gap-3 py-3">
      <div className="w-20 shrink-0"><ProductPicture picture={line.picture} cover={line.cover} className={`rounded-control ${problem ? "opacity-60" : ""}`} /></div>
      <div className="min-w-0 grow">
        <Link href={`/products/${line.productSlug}` as Route} prefetch={false} className="line-clamp-2 min-h-6 text-dense font-medium">{inLanguage(locale, line.productName, line.productNameEn)}</Link>
        <p className="text-caption text-muted tabular-nums">{[variant, `× ${quantity}`].filter(Boolean).join(" ")}</p>
        <Price points={isInPoints ? offer.pointsPrice : 0} cashCents={offer.priceMode === "points_cash" || !isInPoints ? offer.cashPriceCents : 0} className="mt-1" />
        {problem && <p className="mt-1 text-caption text-danger">{problem}</p>}
        {children}
      </div>
    </div>
  );
}
