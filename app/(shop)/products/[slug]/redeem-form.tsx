"use client";

import { lazy, Suspense, useEffect, useState, type ReactNode } from "react";
import type { CheckoutTerms } from "../../checkout/checkout-terms";
import type { RedeemWords } from "./redeem-words";
import { buttonClass } from "@/components/ui/button";
import type { FormAction } from "@/components/ui/form-state";
import type { QuotedOffer } from "@/lib/orders/quote";

/** A variant that this shopper can have now. */
export type RedeemableOffer = { id: number; name: string; quantityMax: number; quoted: QuotedOffer };

/** What can be redeemed, by whom and with what. */
export type RedeemOffer = {
  action: FormAction;
  /** Made when the page was: the same redemption is granted once, however often it is sent. */
  requestId: string;
  offers: readonly RedeemableOffer[];
  terms: CheckoutTerms;
  words: RedeemWords;
};

const loadSheet = () => import("./redeem-sheet");
const RedeemSheet = lazy(loadSheet);

type RedeemFormProps = RedeemOffer & { slug: string; price: ReactNode; startOpen: boolean; /** Beside the button: the cart. */ children?: ReactNode };

/** The redeem button. Its sheet is fetched once the page stands, before anybody can press. */
export function RedeemForm({ slug, price, startOpen, children, ...offer }: RedeemFormProps) {
  const [isOpen, setOpen] = useState(startOpen);
  const [isAsked, setAsked] = useState(startOpen);
  useEffect(() => void loadSheet(), []);

  function open() {
    setAsked(true);
    setOpen(true);
  }

  return (
    <>
      <div className="fixed inset-x-0 bottom-[calc(57px+env(safe-area-inset-bottom))] z-10 flex items-center gap-3 border-t border-border bg-card px-4 py-3 lg:static lg:mt-5 lg:border-0 lg:bg-transparent lg:p-0">
        <span className="lg:hidden">{price}</span>
        {/* Before scripts run it is a link to the same page with its sheet open. */}
        <a
          href={`/products/${slug}?redeem=1`} role="button" aria-haspopup="dialog"
          onClick={(event) => { event.preventDefault(); open(); }}
          onKeyDown={(event) => { if (event.key === " ") { event.preventDefault(); open(); } }}
          className={buttonClass({ look: "points", size: "cta" }, "grow lg:grow-0 lg:px-10")}
        >
          {offer.words.open}
        </a>
        {children}
      </div>
      {isAsked && <Suspense><RedeemSheet isOpen={isOpen} onClose={() => setOpen(false)} {...offer} /></Suspense>}
    </>
  );
}
