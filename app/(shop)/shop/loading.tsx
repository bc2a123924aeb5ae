import { getTranslations } from "next-intl/server";
import { ProductGridSkeleton } from "../skeletons";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  return (
    <LoadingRegion label={t("loading")}>
      <Skeleton className="mb-5 h-14 w-48" />
      <Skeleton className="mb-3 h-12" />
      <Skeleton className="h-24 lg:h-11" />
      <Skeleton className="my-3 h-5 w-32" />
      <ProductGridSkeleton cards={12} />
    </LoadingRegion>
  );
}
