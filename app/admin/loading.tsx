import { getTranslations } from "next-intl/server";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  const four = (height: string) => Array.from({ length: 4 }, (_, index) => <Skeleton key={index} className={`${height} rounded-card`} />);
  return (
    <LoadingRegion label={t("loading")}>
      <Skeleton className="mb-2 h-8 w-28" />
      <Skeleton className="mb-5 h-5 w-72 max-w-full" />
      <Skeleton className="mb-3 h-6 w-24" />
      <div className="mb-6 grid gap-3 sm:grid-cols-2 xl:grid-cols-4">{four("h-18")}</div>
      <Skeleton className="mb-3 h-6 w-24" />
      <div className="mb-6 grid gap-4 sm:grid-cols-2 xl:grid-cols-4">{four("h-30")}</div>
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]"><Skeleton className="h-96 rounded-card" /><Skeleton className="h-64 rounded-card" /></div>
    </LoadingRegion>
  );
}
