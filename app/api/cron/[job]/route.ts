import { runCron } from "./handler";

export const dynamic = "force-dynamic";
// A run stops beginning anything after 50 s; the longest single statement of a shop of ten million entries takes another minute.
export const maxDuration = 300;

export const GET = async (request: Request, { params }: { params: Promise<{ job: string }> }): Promise<Response> => runCron(request, (await params).job);
