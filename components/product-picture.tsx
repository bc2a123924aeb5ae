import clsx from "clsx";
import { pictureHref, sourceSet, widthsOf, type PictureFile } from "@/lib/catalog/pictures/rendition";

/** The illustrations in `public/pictures`; a product stores one of these keys. */
export const pictureKeys = [
  "mug", "kettle", "voucher", "headphones", "plant", "tote", "speaker", "thermos", "notebook", "umbrella", "tea",
  "coffee", "socks", "lamp", "gift", "film",
] as const;
export type PictureKey = (typeof pictureKeys)[number];

export function isPictureKey(value: string): value is PictureKey {
  return pictureKeys.includes(value as PictureKey);
}

type ProductPictureProps = {
  picture: string;
  /** The product's own picture; without one, the illustration. */
  cover?: PictureFile | null;
  /** How wide it is shown, for the browser to choose a file by. */
  sizes?: string;
  /** Empty where the product's name stands beside it. */
  alt?: string;
  eager?: boolean;
  className?: string;
};

/** Square. An unknown key shows the gift box. */
export function ProductPicture({ picture, cover, sizes = "5rem", alt = "", eager = false, className }: ProductPictureProps) {
  const key = isPictureKey(picture) ? picture : "gift";
  return (
    <img
      {...(cover ? filesOf(cover, sizes) : { src: `/pictures/${key}.svg` })} alt={alt} width={240} height={240} decoding="async"
      loading={eager ? "eager" : "lazy"} className={clsx("aspect-square w-full object-cover", className)}
    />
  );
}

/** What an image takes of a picture: the smallest file for browsers that know no other, and all of them to choose from. */
export function filesOf(picture: PictureFile, sizes: string): { src: string; srcSet?: string; sizes?: string } {
  const widths = widthsOf(picture);
  return { src: pictureHref(picture.id, widths.at(0)!), ...(widths.length > 1 ? { srcSet: sourceSet(picture), sizes } : {}) };
}
