import { getTranslations } from "next-intl/server";
import type { Reading } from "../../reading";
import { inLanguage } from "../../views";
import { GalleryStrip, type Shot } from "./gallery-strip";
import { ProductPicture } from "@/components/product-picture";
import { listProductPictures } from "@/lib/catalog/pictures/queries";

type GalleryProps = { product: { id: number; name: string; nameEn: string; picture: string }; reading: Pick<Reading, "db" | "locale"> };

/** The product's own pictures, to swipe through; without any, its illustration. */
export async function Gallery({ product, reading: { db, locale } }: GalleryProps) {
  const [pictures, t] = await Promise.all([listProductPictures(db, product.id), getTranslations("product.gallery")]);
  if (pictures.length === 0) return <ProductPicture picture={product.picture} eager className="rounded-hero border border-border" />;
  const name = inLanguage(locale, product.name, product.nameEn);
  const shots = pictures.map((picture, index): Shot => ({
    file: { id: picture.id, width: picture.width, height: picture.height },
    alt: inLanguage(locale, picture.alt, picture.altEn) || t("picture", { name, number: index + 1 }), open: t("show", { number: index + 1, count: pictures.length }),
  }));
  return <GalleryStrip shots={shots} label={t("label", { name })} />;
}
