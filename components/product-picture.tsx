import clsx from "clsx";

/** The illustrations in `public/pictures`; a product stores one of these keys. */
export const pictureKeys = [
  "mug", "kettle", "voucher", "headphones", "plant", "tote", "speaker", "thermos", "notebook", "umbrella", "tea",
  "coffee", "socks", "lamp", "gift", "film",
] as const;
export type PictureKey = (typeof pictureKeys)[number];

export function isPictureKey(value: string): value is PictureKey {
  return pictureKeys.includes(value as PictureKey);
}

type ProductPictureProps = { picture: string; /** Empty where the product's name stands beside it. */ alt?: string; eager?: boolean; className?: string };

/** Square. An unknown key shows the gift box. */
export function ProductPicture({ picture, alt = "", eager = false, className }: ProductPictureProps) {
  const key = isPictureKey(picture) ? picture : "gift";
  return (
    <img
      src={`/pictures/${key}.svg`} alt={alt} width={240} height={240} decoding="async"
      loading={eager ? "eager" : "lazy"} className={clsx("aspect-square w-full object-cover", className)}
    />
  );
}
