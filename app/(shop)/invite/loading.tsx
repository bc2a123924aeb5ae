import { getTranslations } from "next-intl/server";
import { ListSkeleton } from "../skeletons";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  return (
    <LoadingRegion label={t("loading")}>
      <Skeleton className="mb-1 h-7.5 w-32" />
      <Skeleton className="mb-5 h-6 w-96 max-w-full" />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_360px] lg:items-start">
        <div className="grid gap-4"><Skeleton className="h-[190px] rounded-hero" /><ListSkeleton rows={4} /></div>
        <Skeleton className="h-52 rounded-hero" />
      </div>
    </LoadingRegion>
  );
}
