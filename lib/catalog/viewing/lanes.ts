import "server-only";

import { isSilence } from "@/db/transact";
import { Lane, sharedLane } from "@/lib/lane";
import { perform } from "@/lib/perform";

import { countViews, type ProductView } from "./commands";

/** Looks that may wait to be noted. More are lost, and nobody waits for them. */
const WAITING_MAX = 5_000;

const views = () =>
  sharedLane("product-views", () => new Lane<ProductView, void>(
    (looks) => perform({ kind: "system", name: "product-views" }, async (ctx) => {
      await countViews(ctx, looks);
      return looks.map(() => undefined);
    }),
    { widthMax: 1, waitingMax: WAITING_MAX, failsTogether: isSilence },
  ));

/** Notes a look through the process's lane. */
export const noteView = (view: ProductView): Promise<void> => views().submit(view);
