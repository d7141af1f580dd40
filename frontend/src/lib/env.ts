const defaultApiUrl = "http://localhost:8000";
const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** The API's address without a trailing slash. Throws where the setting is no http(s) address. */
export function parseApiUrl(value: string | undefined): string {
  const text = value?.trim() || defaultApiUrl;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new Error(`NEXT_PUBLIC_API_URL must be an http or https address, not "${text}".`);
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

export interface PageLocation {
  origin: string;
  hostname: string;
}

/** `sameOrigin`: the page is the export that the API serves itself. */
export interface Env {
  apiUrl: string;
  sameOrigin: boolean;
}

export const env: Env = {
  apiUrl: parseApiUrl(process.env.NEXT_PUBLIC_API_URL),
  sameOrigin: process.env.NODE_ENV === "production",
};

/** What REST paths start with: nothing in the export, the dev server's rewrite otherwise. */
export function restBase({ sameOrigin }: Env): string {
  return sameOrigin ? "" : "/api";
}

/** Where the browser meets the API directly (sign-in, API docs). */
export function apiOrigin({ apiUrl, sameOrigin }: Env, page: PageLocation): string {
  if (sameOrigin) return page.origin;
  const url = new URL(apiUrl);
  if (loopback.has(url.hostname) && loopback.has(page.hostname)) url.hostname = page.hostname;
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

export function webSocketUrl(current: Env, page: PageLocation): string {
  return `${apiOrigin(current, page).replace(/^http/, "ws")}/ws/chat`;
}
