import { getTranslations } from "next-intl/server";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  return (
    <LoadingRegion label={t("loading")} className="mx-auto grid max-w-3xl gap-3">
      <Skeleton className="h-7.5 w-28" />
      <Skeleton className="mb-2 h-6 w-64 max-w-full" />
      <Skeleton className="mb-2 h-11 w-full" />
      {Array.from({ length: 4 }, (_, index) => <Skeleton key={index} className="h-[118px] rounded-hero" />)}
    </LoadingRegion>
  );
}
