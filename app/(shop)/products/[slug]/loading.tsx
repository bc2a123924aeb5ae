import { getTranslations } from "next-intl/server";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  return (
    <LoadingRegion label={t("loading")} className="grid gap-x-10 gap-y-5 pb-20 md:grid-cols-2 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] lg:pb-0">
      <Skeleton className="aspect-square rounded-hero" />
      <div className="grid content-start gap-3">
        <Skeleton className="h-8 w-24" />
        <Skeleton className="h-8 w-4/5" />
        <Skeleton className="h-10 w-40" />
        <Skeleton className="h-7 w-64" />
        <Skeleton className="mt-2 hidden h-12 w-40 rounded-full lg:block" />
        <Skeleton className="mt-4 h-40" />
      </div>
    </LoadingRegion>
  );
}
