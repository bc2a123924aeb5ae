import { getTranslations } from "next-intl/server";
import Link from "next/link";
import type { ReactNode } from "react";
import { chooseLocale, chooseTheme } from "../preferences";
import { shellFacts } from "../shell";
import { LocaleSwitch } from "@/components/locale-switch";
import { ProductPicture } from "@/components/product-picture";
import { Brand } from "@/components/shell/brand";
import { DemoBadge } from "@/components/shell/demo-badge";
import { SkipLink } from "@/components/shell/skip-link";
import { ThemeSwitch } from "@/components/theme-switch";

const shelf = ["gift", "mug", "headphones", "plant"] as const;

export default async function AuthLayout({ children }: { children: ReactNode }) {
  const [{ theme, demo, brand, logo }, t] = await Promise.all([shellFacts(), getTranslations("nav")]);
  return (
    <div className="grid min-h-dvh lg:grid-cols-2">
      <SkipLink />
      <Shelf />
      <div className="flex flex-col">
        <header className="page-gutters flex h-14 items-center gap-3 lg:h-16">
          <Link href="/" aria-label={t("toHome", { name: brand })} className="flex min-h-11 items-center"><Brand name={brand} logo={logo} /></Link>
          <DemoBadge shown={demo} />
          <div className="ms-auto flex items-center gap-2">
            <LocaleSwitch action={chooseLocale} />
            <div className="hidden sm:block"><ThemeSwitch action={chooseTheme} theme={theme} /></div>
          </div>
        </header>
        <main id="main" tabIndex={-1} className="page-gutters mx-auto w-full max-w-md grow pt-4 pb-12 lg:pt-[14vh]">{children}</main>
      </div>
    </div>
  );
}

/** What signing in leads to; there is room for it beside the form from 1024 px on. */
async function Shelf() {
  const t = await getTranslations("auth");
  return (
    <aside aria-label={t("promise")} className="hero-ring relative hidden overflow-hidden bg-hero p-12 text-hero-fg lg:grid lg:content-center lg:justify-items-center">
      <p className="max-w-sm text-center text-figure font-semibold text-balance">{t("promise")}</p>
      <div className="mt-8 grid w-full max-w-sm grid-cols-2 gap-4">
        {shelf.map((picture) => <ProductPicture key={picture} picture={picture} className="rounded-hero" />)}
      </div>
    </aside>
  );
}
