/** Where the browser meets the API: this machine has several names, and a page may be opened by each. */
function reachable(apiUrl: string): string[] {
  const { protocol, hostname, port } = new URL(apiUrl);
  const names = ["localhost", "127.0.0.1"];
  // A policy cannot name an IPv6 address; pages at [::1] are the one kind that goes without its socket.
  const hosts = names.includes(hostname) ? names : [hostname];
  const end = port ? `:${port}` : "";
  return hosts.flatMap((host) => [
    `${protocol}//${host}${end}`,
    `${protocol.replace("http", "ws")}//${host}${end}`,
  ]);
}

/**
 * What the dev server sends along: as strict as hot reload lets it be, which evaluates strings and writes inline scripts. The
 * export's policy, where neither is allowed, is the API's own (TahoChat.Api/Frontend).
 */
export function devPolicy(apiUrl: string): Record<string, string> {
  const policy = {
    "default-src": "'none'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' blob:",
    "font-src": "'self' data:",
    "connect-src": ["'self'", ...reachable(apiUrl)].join(" "),
    "worker-src": "'self' blob:",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
  };
  return {
    "Content-Security-Policy": Object.entries(policy)
      .map(([name, sources]) => `${name} ${sources}`)
      .join("; "),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=(), payment=(), usb=()",
  };
}
