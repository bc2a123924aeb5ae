import { refuseForeignOrigin } from "@/lib/act";
import { currentShopper } from "@/lib/auth";
import { currentTime } from "@/lib/clock";
import { log } from "@/lib/log";
import { exportOwnData } from "@/lib/own-account";
import { isRefusal } from "@/lib/refusal";

/** POST, because it is counted and noted: hands a person everything that is kept about them, as a file. */
export async function POST(): Promise<Response> {
  const shopper = await currentShopper();
  if (!shopper) return seeOther("/sign-in?next=/profile/data");
  try {
    await refuseForeignOrigin();
    const pieces = await exportOwnData(shopper);
    return new Response(streamOf(pieces), {
      headers: {
        "content-type": "application/json; charset=utf-8", "cache-control": "no-store", "x-content-type-options": "nosniff",
        "content-disposition": `attachment; filename="points-mall-${currentTime().toISOString().slice(0, 10)}.json"`,
      },
    });
  } catch (error) {
    if (!isRefusal(error)) log.error({ err: error }, "own data could not be handed out");
    return seeOther(`/profile/data?refused=${isRefusal(error) && error.code === "too_many_requests" ? "limit" : "failed"}`);
  }
}

/** Relative: the browser knows its host better than a server behind a proxy. */
const seeOther = (location: string): Response => new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });

/** Text on its way as it is read. A read that fails breaks the download off, so that half a file does not look like a whole one. */
function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { value, done } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch (error) {
        log.error({ err: error }, "own data broke off");
        controller.error(error);
      }
    },
    cancel: () => void pieces.return(undefined),
  });
}
