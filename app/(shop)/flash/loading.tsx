import { getTranslations } from "next-intl/server";
import { ProductGridSkeleton } from "../skeletons";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  return (
    <LoadingRegion label={t("loading")}>
      <Skeleton className="mb-5 h-9 w-32" />
      <Skeleton className="mb-3 h-7 w-28" />
      <ProductGridSkeleton cards={4} />
    </LoadingRegion>
  );
}
