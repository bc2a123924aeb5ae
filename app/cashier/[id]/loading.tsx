import { getTranslations } from "next-intl/server";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  return (
    <LoadingRegion label={t("loading")} className="page-gutters mx-auto max-w-lg py-20">
      <Skeleton className="mb-6 h-14 w-48" />
      <Skeleton className="h-80 rounded-hero" />
    </LoadingRegion>
  );
}
