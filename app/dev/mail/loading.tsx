import { getTranslations } from "next-intl/server";
import { ListSkeleton } from "@/app/(shop)/skeletons";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  return (
    <LoadingRegion label={t("loading")}>
      <Skeleton className="mb-5 h-7.5 w-40" />
      <ListSkeleton rows={8} />
    </LoadingRegion>
  );
}
