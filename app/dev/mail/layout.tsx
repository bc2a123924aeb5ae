import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { chooseLocale } from "@/app/preferences";
import { shellFacts } from "@/app/shell";
import { LocaleSwitch } from "@/components/locale-switch";
import { Brand } from "@/components/shell/brand";
import { DemoBadge } from "@/components/shell/demo-badge";
import { SkipLink } from "@/components/shell/skip-link";
import { isSinkOpen } from "./sink";

/** No shell of the shop's: this is the workshop. */
export default async function DevMailLayout({ children }: { children: ReactNode }) {
  if (!isSinkOpen()) notFound();
  const [{ demo, brand, logo }, t] = await Promise.all([shellFacts(), getTranslations("nav")]);
  return (
    <>
      <SkipLink />
      <header className="border-b border-border">
        <div className="page-gutters mx-auto flex h-14 max-w-[1264px] items-center gap-3">
          <Link href="/" aria-label={t("toHome", { name: brand })} className="flex min-h-11 items-center"><Brand name={brand} logo={logo} /></Link>
          <DemoBadge shown={demo} />
          <div className="ms-auto"><LocaleSwitch action={chooseLocale} /></div>
        </div>
      </header>
      <main id="main" tabIndex={-1} className="page-gutters mx-auto max-w-[1264px] pt-4 pb-16">{children}</main>
    </>
  );
}
