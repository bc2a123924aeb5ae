import { getTranslations } from "next-intl/server";
import { ListSkeleton } from "../../skeletons";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  return (
    <LoadingRegion label={t("loading")}>
      <div className="mx-auto max-w-3xl">
        <Skeleton className="mb-5 h-7.5 w-48" />
        <Skeleton className="mb-4 h-32 rounded-hero" />
        <Skeleton className="mb-4 h-56 rounded-hero" />
        <ListSkeleton rows={5} />
      </div>
    </LoadingRegion>
  );
}
