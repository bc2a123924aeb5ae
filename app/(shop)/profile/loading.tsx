import { getTranslations } from "next-intl/server";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  return (
    <LoadingRegion label={t("loading")} className="mx-auto grid max-w-3xl gap-4">
      <Skeleton className="h-7.5 w-24" />
      <Skeleton className="h-[116px] rounded-hero" />
      <Skeleton className="h-[132px] rounded-hero" />
      <Skeleton className="h-[136px] rounded-hero" />
      <Skeleton className="h-[190px] rounded-hero" />
    </LoadingRegion>
  );
}
