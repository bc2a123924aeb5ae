"use client";

import en from "@/messages/en/errors.json";
import zh from "@/messages/zh-CN/errors.json";

/** The last net, for a failure of the root layout itself: no shell, no messages from the server, two short languages. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const english = typeof navigator !== "undefined" && !navigator.language.startsWith("zh");
  const copy = english ? en : zh;
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : "";
  return (
    <html lang={english ? "en" : "zh-CN"}>
      <body>
        <main>
          <h1>{copy.title}</h1>
          <p>{copy.body}</p>
          <p>{digest && `${copy.requestId} ${digest}`}</p>
          <button type="button" onClick={retry}>{copy.retry}</button>
        </main>
      </body>
    </html>
  );
}
