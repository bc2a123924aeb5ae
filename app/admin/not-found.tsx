import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/empty-state";
import { ButtonLink } from "@/components/ui/button-link";

export default async function NotFound() {
  const t = await getTranslations("admin");
  return (
    <EmptyState heading="h1" scene="filtered" title={t("notFound.title")} action={<ButtonLink href="/admin" size="dense">{t("notFound.toOverview")}</ButtonLink>}>
      {t("notFound.body")}
    </EmptyState>
  );
}
