import { getTranslations } from "next-intl/server";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  return (
    <LoadingRegion label={t("loading")} className="mx-auto grid max-w-3xl gap-5">
      <Skeleton className="h-14.5 w-56" />
      <Skeleton className="h-44 rounded-hero" />
      <Skeleton className="h-96 rounded-hero" />
    </LoadingRegion>
  );
}
