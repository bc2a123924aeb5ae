import { takeWebhook } from "./handler";

export const dynamic = "force-dynamic";

export const POST = async (request: Request, { params }: { params: Promise<{ provider: string }> }): Promise<Response> => takeWebhook(request, (await params).provider);
