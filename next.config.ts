import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const everywhere = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=(), usb=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
];
const overHttps = [{ key: "Strict-Transport-Security", value: "max-age=31536000; includeSubDomains" }];
// No page of ours: nothing in an answer of the API, or in a picture that is opened by itself, may load or run anything.
const inert = [{ key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" }];
const pictures = [{ key: "Cache-Control", value: "public, max-age=86400, stale-while-revalidate=604800" }];

const nextConfig: NextConfig = {
  poweredByHeader: false,
  // `npm test` checks types; a shop that starts does not check them again.
  typescript: { ignoreBuildErrors: true },
  typedRoutes: true,
  reactCompiler: true,
  agentRules: false,
  experimental: { agentUpgrade: false },
  serverExternalPackages: ["@node-rs/argon2", "mysql2", "pino", "ioredis"],
  // Pictures are our own SVG files: no optimiser runs, so its endpoint has nothing to decode.
  images: { unoptimized: true },
  headers: async () => [
    { source: "/:path*", headers: everywhere },
    { source: "/:path*", has: [{ type: "header", key: "x-forwarded-proto", value: "https" }], headers: overHttps },
    { source: "/api/:path*", headers: inert },
    { source: "/pictures/:path*", headers: [...pictures, ...inert] },
  ],
};

export default createNextIntlPlugin("./i18n/request.ts")(nextConfig);
