import { useTranslations } from "next-intl";

/** The mark: an amber coin with a notch for the ticket, on jade. */
export function Brand({ size = 28, name }: { size?: number; /** What the merchant calls the shop. */ name?: string }) {
  const t = useTranslations("common");
  return (
    <span className="inline-flex items-center gap-2 text-control font-semibold whitespace-nowrap">
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="9" fill="#0B6B4E" />
        <circle cx="16" cy="16" r="8.5" fill="#FFC646" />
        <path d="M16 11.5 20.5 16 16 20.5 11.5 16z" fill="none" stroke="#3B2500" strokeWidth="1.8" strokeLinejoin="round" />
      </svg>
      <span className="max-w-[40vw] truncate lg:max-w-64">{name ?? t("brand")}</span>
    </span>
  );
}
