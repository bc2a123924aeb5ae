import { getTranslations } from "next-intl/server";
import { ListSkeleton } from "../../../../skeletons";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  return (
    <LoadingRegion label={t("loading")}>
      <Skeleton className="mb-2 h-6 w-20" />
      <Skeleton className="mb-1 h-7.5 w-64 max-w-full" />
      <Skeleton className="mb-5 h-6 w-72 max-w-full" />
      <div className="grid gap-6 lg:grid-cols-[360px_minmax(0,1fr)] lg:items-start lg:gap-x-8">
        <Skeleton className="h-96 rounded-hero" />
        <ListSkeleton rows={8} />
      </div>
    </LoadingRegion>
  );
}
