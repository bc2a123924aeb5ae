import { Suspense, type ReactNode } from "react";
import { chooseLocale, chooseTheme } from "../preferences";
import { shellFacts } from "../shell";
import { QuietWaiting, Waiting } from "./waiting";
import { ShopShell } from "@/components/shell/shop-shell";
import { currentShopper } from "@/lib/auth";

export default async function ShopLayout({ children }: { children: ReactNode }) {
  const [{ theme, demo, brand, logo }, shopper] = await Promise.all([shellFacts(), currentShopper()]);
  return (
    <ShopShell actions={{ chooseLocale, chooseTheme }} theme={theme} demo={demo} brand={brand} logo={logo} signedIn={shopper !== null} waiting={shopper && <Suspense fallback={<QuietWaiting />}><Waiting shopper={shopper} /></Suspense>}>
      {children}
    </ShopShell>
  );
}
