import { getTranslations } from "next-intl/server";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

/** Of the pages under the profile: the way back, a title and two panels. */
export async function SubPageSkeleton() {
  const t = await getTranslations("common");
  return (
    <LoadingRegion label={t("loading")} className="mx-auto grid max-w-2xl gap-4">
      <Skeleton className="h-16 w-32" />
      <Skeleton className="h-[300px] rounded-hero" />
      <Skeleton className="h-[220px] rounded-hero" />
    </LoadingRegion>
  );
}
