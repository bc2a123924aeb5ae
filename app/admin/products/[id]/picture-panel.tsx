import { getMessages } from "next-intl/server";
import { savePicturesForm } from "./picture-actions";
import { PictureManager } from "@/components/admin/picture-manager";
import { Card } from "@/components/ui/card";
import type { Db } from "@/db/client";
import { listProductPictures } from "@/lib/catalog/pictures/queries";
import { publicId } from "@/lib/id";

/** The product's pictures, which are saved by themselves: they are there before and after the product's own form. */
export async function PicturePanel({ productId, db }: { productId: number; db: Db }) {
  const [pictures, { admin: { pictures: words } }] = await Promise.all([listProductPictures(db, productId), getMessages()]);
  return (
    <Card as="section" className="mt-4">
      <PictureManager productId={productId} pictures={pictures} words={words} requestId={publicId()} action={savePicturesForm} />
    </Card>
  );
}
