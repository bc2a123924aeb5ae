import { getTranslations } from "next-intl/server";
import { WaitingLink } from "./waiting-link";
import { db } from "@/db/client";
import type { Shopper } from "@/lib/auth";
import { countUnread, UNREAD_MAX } from "@/lib/notifications/queries";
import { countCart } from "@/lib/orders/cart/queries";

/** What a signed-in person has waiting: their cart, and what they were told. */
export async function Waiting({ shopper }: { shopper: Shopper }) {
  const reader = db();
  const [inCart, unread, t, tCart] = await Promise.all([countCart(reader, shopper.id), countUnread(reader, shopper.id), getTranslations("notifications"), getTranslations("cart")]);
  return (
    <>
      <WaitingLink href="/cart" icon="cart" waiting={inCart} label={tCart("link", { products: inCart })} />
      <WaitingLink href="/notifications" icon="bell" waiting={unread} most={UNREAD_MAX} label={t("bell", { unread })} />
    </>
  );
}

/** The same while it is counted. */
export async function QuietWaiting() {
  const [t, tCart] = await Promise.all([getTranslations("notifications"), getTranslations("cart")]);
  return (
    <>
      <WaitingLink href="/cart" icon="cart" label={tCart("title")} />
      <WaitingLink href="/notifications" icon="bell" label={t("title")} />
    </>
  );
}
