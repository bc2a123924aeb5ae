import { useTranslations } from "next-intl";
import { pictureHref } from "@/lib/catalog/pictures/rendition";

type BrandProps = { size?: number; /** What the merchant calls the shop. */ name?: string; /** The merchant's own picture, by its public id. */ logo?: string | null };

/** The merchant's logo, or the mark: an amber coin with a notch for the ticket, on the shop's colour. */
export function Brand({ size = 28, name, logo = null }: BrandProps) {
  const t = useTranslations("common");
  return (
    <span className="inline-flex items-center gap-2 text-control font-semibold whitespace-nowrap">
      {logo !== null ? <img src={pictureHref(logo, 320)} alt="" width={size} height={size} className="rounded-chip bg-white object-contain" /> : <Mark size={size} />}
      <span className="max-w-[40vw] truncate lg:max-w-64">{name ?? t("brand")}</span>
    </span>
  );
}

function Mark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="var(--mark)" />
      <circle cx="16" cy="16" r="8.5" fill="#FFC646" />
      <path d="M16 11.5 20.5 16 16 20.5 11.5 16z" fill="none" stroke="#3B2500" strokeWidth="1.8" strokeLinejoin="round" />
    </svg>
  );
}
