import { getTranslations } from "next-intl/server";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  return (
    <LoadingRegion label={t("loading")}>
      <div className="mb-2 flex justify-between gap-4"><Skeleton className="h-9 w-28" /><Skeleton className="h-9 w-44" /></div>
      <Skeleton className="mb-5 h-5 w-72 max-w-full" />
      <Skeleton className="mb-4 h-11 w-full max-w-xl" />
      <div className="mb-4 grid gap-4 sm:grid-cols-2 xl:grid-cols-4">{Array.from({ length: 4 }, (_, index) => <Skeleton key={index} className="h-38 rounded-card" />)}</div>
      <div className="grid gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]"><Skeleton className="h-96 rounded-card" /><Skeleton className="h-80 rounded-card" /></div>
    </LoadingRegion>
  );
}
