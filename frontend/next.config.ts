import { PHASE_PRODUCTION_BUILD } from "next/constants";
import type { NextConfig } from "next";
import { devPolicy } from "./src/lib/dev-policy";
import { parseApiUrl } from "./src/lib/env";

const shared: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  devIndicators: false,
  allowedDevOrigins: ["127.0.0.1", "[::1]"],
};

export default function config(phase: string): NextConfig {
  if (phase === PHASE_PRODUCTION_BUILD) {
    return { ...shared, output: "export", trailingSlash: true };
  }
  const api = parseApiUrl(process.env.NEXT_PUBLIC_API_URL);
  return {
    ...shared,
    rewrites: () => Promise.resolve([{ source: "/api/:path*", destination: `${api}/:path*` }]),
    headers: () =>
      Promise.resolve([
        {
          source: "/:path*",
          headers: Object.entries(devPolicy(api)).map(([key, value]) => ({ key, value })),
        },
      ]),
  };
}
