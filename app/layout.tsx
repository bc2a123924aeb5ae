import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { shopBrand, shopLooks } from "./brand";
import "./globals.css";
import { ErrorCopyProvider } from "@/components/error-copy";
import { RevealAtOnce } from "@/components/shell/reveal-at-once";
import { RouteFocus } from "@/components/shell/route-focus";
import { isTheme, THEME_COOKIE } from "@/lib/i18n";

export async function generateMetadata(): Promise<Metadata> {
  const [t, brand] = await Promise.all([getTranslations("common"), shopBrand()]);
  return {
    title: { default: brand, template: `%s · ${brand}` },
    description: t("description"),
    applicationName: brand,
    formatDetection: { telephone: false },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#FAF8F4" },
    { media: "(prefers-color-scheme: dark)", color: "#121311" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, jar, asked, t, { hue }] = await Promise.all([getLocale(), cookies(), headers(), getTranslations("errors"), shopLooks()]);
  const theme = jar.get(THEME_COOKIE)?.value;
  const errorCopy = { title: t("title"), body: t("body"), requestId: t("requestId"), retry: t("retry"), home: t("home"), noAnswer: t("noAnswer") };
  return (
    <html lang={locale} data-theme={isTheme(theme) ? theme : undefined}>
      <head>
        <RevealAtOnce nonce={asked.get("x-nonce") ?? undefined} />
        {/* A file of the shop's own: an inline style would need the nonce of the document that it comes into, and a page that is refreshed in place has another. */}
        {hue !== null && <link rel="stylesheet" href={`/brand/${hue}.css`} />}
      </head>
      <body>
        <ErrorCopyProvider value={errorCopy}>{children}</ErrorCopyProvider>
        <RouteFocus />
      </body>
    </html>
  );
}
