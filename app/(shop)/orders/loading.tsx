import { getTranslations } from "next-intl/server";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  return (
    <LoadingRegion label={t("loading")} className="mx-auto grid max-w-3xl gap-3">
      <Skeleton className="mb-2 h-7.5 w-24" />
      <Skeleton className="mb-2 h-11 w-full" />
      {Array.from({ length: 4 }, (_, index) => <Skeleton key={index} className="h-[136px] rounded-hero" />)}
    </LoadingRegion>
  );
}
