import type { MetadataRoute } from "next";
import { getTranslations } from "next-intl/server";

export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const t = await getTranslations("common");
  return {
    name: t("brand"),
    short_name: t("brand"),
    description: t("description"),
    start_url: "/",
    display: "standalone",
    background_color: "#FAF8F4",
    theme_color: "#0B6B4E",
    icons: [{ src: "/icon.svg", type: "image/svg+xml", sizes: "any" }],
  };
}
