import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import { unwatchForm, watchForm } from "./watch-actions";
import { WatchButtonLater } from "./watch-button-later";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon } from "@/components/ui/icon";
import type { Db } from "@/db/client";
import { listWatched } from "@/lib/catalog/watching/queries";
import type { UserId } from "@/lib/ctx";

type StockWatchProps = { product: { id: number; slug: string }; offers: readonly { id: number; name: string; stock: number }[]; shopper: { id: UserId } | null; db: Db };

/** For each SKU that is sold out, a way to be told when it is back; nothing where all are there. */
export async function StockWatch({ product, offers, shopper, db }: StockWatchProps) {
  const soldOut = offers.filter(({ stock }) => stock === 0);
  if (soldOut.length === 0) return null;
  const [t, watched] = await Promise.all([getTranslations("product.watch"), shopper ? listWatched(db, shopper.id, product.id) : new Set<number>()]);
  return (
    <section aria-label={t("title")} className="mt-4 grid gap-3 rounded-card border border-border bg-card p-4">
      {!shopper && <ButtonLink href={`/sign-in?next=${encodeURIComponent(`/products/${product.slug}`)}` as Route} prefetch={false}><Icon name="bell" />{t("signIn")}</ButtonLink>}
      {shopper && soldOut.map(({ id, name }) => {
        const which = offers.length > 1 && name ? name : null;
        return (
          <div key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
            {watched.has(id)
              ? (
                <WatchButtonLater action={unwatchForm} skuId={id} label={t("stop")} describes={which ? `${which}: ${t("stop")}` : undefined} pending={t("pending")} look="quiet">
                  <p role="status" className="flex min-w-0 items-center gap-2 text-dense"><Icon name="check" className="text-success" />{which ? t("watchingOf", { name: which }) : t("watching")}</p>
                </WatchButtonLater>
              )
              : (
                <WatchButtonLater action={watchForm} skuId={id} label={t("tell")} describes={which ? `${which}: ${t("tell")}` : undefined} pending={t("pending")} hasBell>
                  <p className="min-w-0 text-dense">{which ? t("soldOut", { name: which }) : t("soldOutAlone")}</p>
                </WatchButtonLater>
              )}
          </div>
        );
      })}
    </section>
  );
}
