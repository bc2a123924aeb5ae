import { getTranslations } from "next-intl/server";

/** The words of every checkout, of one product or of a cart. Those with a number are templates that are filled as the shopper chooses. */
export async function checkoutWords() {
  const [t, tProduct, tCommon] = await Promise.all([getTranslations("checkout"), getTranslations("product"), getTranslations("common")]);
  return {
    confirm: tProduct("confirm"), pending: tCommon("pending"), unit: tProduct.raw("points") as string,
    payWith: tProduct("payWith"), allPoints: tProduct("allPoints"), cashAndPoints: tProduct("cashAndPoints"), pointsToUse: tProduct("pointsToUse"), none: tProduct("useNone"), most: tProduct.raw("useMost") as string,
    points: tProduct("summary.points"), cash: tProduct("summary.cash"), after: tProduct("summary.after"), lots: tProduct("summary.lots"), fromLot: tProduct.raw("summary.fromLot") as string,
    moreLots: tProduct.raw("summary.moreLots") as string, missing: tProduct.raw("missing") as string, earn: tProduct("earn"),
    fewest: t.raw("fewest") as string, discount: t("discount"), coupon: t("coupon"), couponNone: t("couponNone"), couponOff: t("couponOff"), gift: t("gift"),
    delivery: t("delivery"), deliveryFree: t("deliveryFree"), pickup: t("pickup"), pickupClosed: t("pickupClosed"),
    ways: t("ways"), wayCheckIn: t("wayCheckIn"), wayTasks: t("wayTasks"), wayInvite: t("wayInvite"),
    address: {
      legend: tProduct("address.legend"), change: tProduct("address.change"), recipient: tProduct("address.recipient"), phone: tProduct("address.phone"), region: tProduct("address.region"),
      street: tProduct("address.street"), postcode: tProduct("address.postcode"), optional: tCommon("optional"), kept: tProduct("address.kept"),
    },
  };
}

export type CheckoutWords = Awaited<ReturnType<typeof checkoutWords>>;
