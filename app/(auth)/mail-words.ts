import { getTranslations } from "next-intl/server";
import type { MailWords } from "./mail-form";

/** What a form says once its mail is on its way; `minutes` is how long the link works. */
export async function mailWords(minutes: number): Promise<MailWords> {
  const [t, tCommon] = await Promise.all([getTranslations("auth"), getTranslations("common")]);
  const life = minutes < 60 ? t("linkMinutes", { minutes }) : t("linkHours", { hours: Math.floor(minutes / 60) });
  return { title: t("mailSentTitle"), hint: t("mailSentHint", { life }), again: t("sendAgain"), pending: tCommon("pending") };
}
