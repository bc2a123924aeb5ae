export type Uploaded = { id: string; width: number; height: number };
export type UploadAnswer = { ok: true; picture: Uploaded } | { ok: false; message: string };

/** Sends a file and tells how far it is: `fetch` would not. Without an answer, the sentence for that. */
export function uploadPicture(file: File, words: { noAnswer: string; failed: string }, onProgress: (part: number) => void): { done: Promise<UploadAnswer>; stop: () => void } {
  const request = new XMLHttpRequest();
  const done = new Promise<UploadAnswer>((resolve) => {
    request.upload.onprogress = ({ lengthComputable, loaded, total }) => lengthComputable && onProgress(loaded / total);
    request.onload = () => resolve(answerFrom(request, words.failed));
    request.onerror = request.onabort = request.ontimeout = () => resolve({ ok: false, message: words.noAnswer });
  });
  request.open("POST", "/api/admin/pictures");
  request.timeout = 120_000;
  request.setRequestHeader("content-type", file.type.startsWith("image/") ? file.type : "application/octet-stream");
  request.send(file);
  return { done, stop: () => request.abort() };
}

function answerFrom(request: XMLHttpRequest, failed: string): UploadAnswer {
  try {
    const body = JSON.parse(request.responseText) as Uploaded & { error?: string };
    return request.status === 201 ? { ok: true, picture: { id: body.id, width: body.width, height: body.height } } : { ok: false, message: body.error ?? failed };
  } catch {
    return { ok: false, message: failed };
  }
}
