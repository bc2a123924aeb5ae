import { getTranslations } from "next-intl/server";

/** The words of the redeem sheet beside those of every checkout. */
export async function redeemWords() {
  const [t, tCommon] = await Promise.all([getTranslations("product"), getTranslations("common")]);
  return {
    open: t("redeem"), title: t("redeemTitle"), close: tCommon("close"), variant: t("variant"), quantity: t("quantity"), fewer: t("fewer"), oneMore: t("oneMore"),
  };
}

export type RedeemWords = Awaited<ReturnType<typeof redeemWords>>;
