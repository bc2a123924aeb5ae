import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NotFoundPanel } from "@/components/not-found-panel";
import { Brand } from "@/components/shell/brand";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("errors"))("notFoundTitle") };
}

/** For an address that no page has. Every page carries this one along, so it brings no scripts of its own. */
export default function NotFound() {
  return (
    <>
      <header className="page-gutters mx-auto flex h-14 max-w-[1264px] items-center lg:h-16"><Brand /></header>
      <main id="main" className="mx-auto max-w-lg py-8"><NotFoundPanel /></main>
    </>
  );
}
