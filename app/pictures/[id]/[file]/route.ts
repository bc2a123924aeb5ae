import { answerPicture } from "@/lib/picture-answer";

type Place = { params: Promise<{ id: string; file: string }> };

export async function GET(request: Request, { params }: Place): Promise<Response> {
  const { id, file } = await params;
  return answerPicture(request, id, file);
}
