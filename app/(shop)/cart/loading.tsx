import { getTranslations } from "next-intl/server";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  return (
    <LoadingRegion label={t("loading")} className="mx-auto grid max-w-2xl gap-5">
      <Skeleton className="h-14 w-40" />
      <Skeleton className="h-28" />
      <Skeleton className="h-20" />
      <Skeleton className="h-40" />
      <Skeleton className="hidden h-12 lg:block" />
    </LoadingRegion>
  );
}
