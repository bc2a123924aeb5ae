import { runCron } from "./handler";

export const dynamic = "force-dynamic";
export const maxDuration = 60;

export const GET = async (request: Request, { params }: { params: Promise<{ job: string }> }): Promise<Response> => runCron(request, (await params).job);
