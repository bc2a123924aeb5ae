import { getTranslations } from "next-intl/server";

/** The words of the redeem sheet. Those with a number are templates that the sheet fills as the shopper chooses. */
export async function redeemWords() {
  const [t, tCommon] = await Promise.all([getTranslations("product"), getTranslations("common")]);
  return {
    open: t("redeem"), title: t("redeemTitle"), close: tCommon("close"), confirm: t("confirm"), pending: tCommon("pending"),
    variant: t("variant"), quantity: t("quantity"), fewer: t("fewer"), oneMore: t("oneMore"), unit: t.raw("points") as string,
    payWith: t("payWith"), allPoints: t("allPoints"), cashAndPoints: t("cashAndPoints"), pointsToUse: t("pointsToUse"), none: t("useNone"), most: t.raw("useMost") as string,
    points: t("summary.points"), cash: t("summary.cash"), after: t("summary.after"), lots: t("summary.lots"), fromLot: t.raw("summary.fromLot") as string, moreLots: t.raw("summary.moreLots") as string,
    missing: t.raw("missing") as string, earn: t("earn"),
    address: {
      legend: t("address.legend"), change: t("address.change"), recipient: t("address.recipient"), phone: t("address.phone"), region: t("address.region"),
      street: t("address.street"), postcode: t("address.postcode"), optional: tCommon("optional"), kept: t("address.kept"),
    },
  };
}

export type RedeemWords = Awaited<ReturnType<typeof redeemWords>>;
