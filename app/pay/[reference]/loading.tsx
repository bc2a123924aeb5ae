import { getTranslations } from "next-intl/server";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  return (
    <LoadingRegion label={t("loading")} className="page-gutters mx-auto max-w-lg py-20">
      <Skeleton className="mb-4 h-9 w-40" />
      <Skeleton className="h-[34rem] rounded-hero" />
    </LoadingRegion>
  );
}
