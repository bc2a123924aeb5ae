import { getTranslations } from "next-intl/server";
import { NoPermission } from "@/components/admin/list-empty";
import { ButtonLink } from "@/components/ui/button-link";

/** The role of whoever is signed in may not see this page. */
export default async function Forbidden() {
  const t = await getTranslations("admin");
  return <NoPermission heading="h1" action={<ButtonLink href="/admin" size="dense">{t("notFound.toOverview")}</ButtonLink>}>{t("forbidden")}</NoPermission>;
}
