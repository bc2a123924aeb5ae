import type { ReactNode } from "react";
import { chooseLocale, chooseTheme } from "../preferences";
import { shellFacts } from "../shell";
import { ShopShell } from "@/components/shell/shop-shell";
import { currentShopper } from "@/lib/auth";

export default async function ShopLayout({ children }: { children: ReactNode }) {
  const [{ theme, demo }, shopper] = await Promise.all([shellFacts(), currentShopper()]);
  return (
    <ShopShell actions={{ chooseLocale, chooseTheme }} theme={theme} demo={demo} signedIn={shopper !== null}>
      {children}
    </ShopShell>
  );
}
