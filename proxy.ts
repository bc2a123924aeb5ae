import { NextResponse, type NextRequest } from "next/server";

const DEVELOPMENT = process.env.NODE_ENV === "development";

/** Inline code runs only with the nonce of its own request; nothing is loaded from elsewhere. */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    // The dev server evaluates code for its overlay and source maps.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${DEVELOPMENT ? " 'unsafe-eval'" : ""}`,
    // The hash is of `display:none`, which React writes on what it streams ahead of its place.
    DEVELOPMENT ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}' 'unsafe-hashes' 'sha256-aqNNdDLnnrDOnTNdkJpYlAxKVJtLt9CtFLklmInuUAE='`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    DEVELOPMENT ? "connect-src 'self' ws: wss:" : "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy(nonce);

  // Both are overwritten, never merged: a nonce that the caller chose would be a hole.
  const forwarded = new Headers(request.headers);
  forwarded.set("x-nonce", nonce);
  forwarded.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers: forwarded } });
  response.headers.set("content-security-policy", policy);
  return response;
}

/** Every document, prefetches included; files, the API and the frame of a mail set no inline code and answer for themselves. */
export const config = {
  matcher: ["/((?!api/|_next/static/|_next/image|pictures/|icon\\.svg|favicon\\.ico|manifest\\.webmanifest|dev/mail/\\d+/html$).*)"],
};
