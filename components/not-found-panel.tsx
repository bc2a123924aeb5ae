import { useTranslations } from "next-intl";
import { EmptyState } from "./empty-state";
import { ButtonLink } from "./ui/button-link";

/** For an address that leads nowhere, inside whichever frame it was met. */
export function NotFoundPanel() {
  const t = useTranslations("errors");
  return (
    <EmptyState heading="h1" scene="filtered" title={t("notFoundTitle")} action={<><ButtonLink href="/" look="primary">{t("home")}</ButtonLink><ButtonLink href="/shop">{t("toShop")}</ButtonLink></>}>
      {t("notFoundBody")}
    </EmptyState>
  );
}
