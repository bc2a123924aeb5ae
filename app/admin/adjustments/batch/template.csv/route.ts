import { pagesOf, staffDownload } from "../../../download";

/** The columns of a file of adjustments, to be filled in. */
export const GET = (): Promise<Response> => staffDownload("adjustments.request", async () => ({ name: "adjustments", headings: ["user", "points", "expires_on", "note"], pages: pagesOf([]) }));
