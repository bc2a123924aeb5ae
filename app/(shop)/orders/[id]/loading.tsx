import { getTranslations } from "next-intl/server";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  return (
    <LoadingRegion label={t("loading")} className="mx-auto max-w-4xl">
      <Skeleton className="mb-5 h-16 w-48" />
      <div className="grid gap-4 md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid gap-4"><Skeleton className="h-36 rounded-hero" /><Skeleton className="h-52 rounded-hero" /></div>
        <div className="grid content-start gap-4"><Skeleton className="h-60 rounded-hero" /><Skeleton className="h-28 rounded-hero" /></div>
      </div>
    </LoadingRegion>
  );
}
