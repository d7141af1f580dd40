/* global self, caches, fetch, URL, setTimeout */

/*
 * The service worker of the export; scripts/write-service-worker.mjs puts the build in. It keeps the pages and the files whose
 * names change with their content. What the API answers it neither reads nor keeps: those addresses are not in its lists.
 */
const { build, pages, files, later, all } = self.__BUILD__;

const pagesCache = `tahochat-pages-${build}`;
const filesCache = "tahochat-files";
/** A page of the server that takes longer is shown from here, where it is here. */
const patienceMs = 3000;
const lasting = new Set(all);

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => event.waitUntil(answer(event)));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (pages.includes(withSlash(url.pathname))) event.respondWith(page(request, withSlash(url.pathname)));
  } else if (lasting.has(url.pathname) && !request.headers.has("range")) {
    event.respondWith(file(request));
  }
});

function withSlash(path) {
  return path.endsWith("/") ? path : `${path}/`;
}

/** All or nothing: where the server leads to its sign-in instead, the worker is not installed. */
async function install() {
  const kept = await caches.open(pagesCache);
  await Promise.all(
    pages.map(async (path) => {
      const response = await fetch(path, { cache: "no-cache", credentials: "same-origin" });
      if (!isWhole(response, "text/html")) throw new Error(`${path} is not to be had`);
      await kept.put(path, response);
    }),
  );
  await keep(files);
  // The first one has nobody to wait for.
  if (!self.registration.active) await self.skipWaiting();
}

async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("tahochat-pages-") && name !== pagesCache);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
  await tidy();
}

/** Files of other builds go, but not while another tab may still need them. */
async function tidy() {
  if ((await self.clients.matchAll({ type: "window" })).length > 1) return;
  const kept = await caches.open(filesCache);
  const gone = (await kept.keys()).filter(({ url }) => !lasting.has(new URL(url).pathname));
  await Promise.all(gone.map((request) => kept.delete(request)));
}

/** `used`: files that a page loaded before this worker could see it; it has time now for those that others may need. `take-over`: the page is this build's, or reloads now. */
async function answer({ data, ports }) {
  if (data?.type === "used" && Array.isArray(data.paths)) {
    await keep([...data.paths.filter((path) => lasting.has(path)), ...later]).catch(() => undefined);
    await tidy();
  }
  if (data?.type === "has" && Array.isArray(data.paths)) {
    ports[0]?.postMessage(data.paths.every((path) => lasting.has(path)));
  }
  if (data?.type === "take-over") await self.skipWaiting();
}

async function keep(paths) {
  const kept = await caches.open(filesCache);
  await Promise.all(
    paths.map(async (path) => {
      if (await kept.match(path, { ignoreVary: true })) return;
      const response = await fetch(path, { credentials: "same-origin" });
      if (!isWhole(response)) throw new Error(`${path} is not to be had`);
      await kept.put(path, response);
    }),
  );
}

function isWhole(response, type = "") {
  const given = response.headers.get("Content-Type") ?? "";
  return (
    response.status === 200 &&
    !response.redirected &&
    given.startsWith(type) &&
    (type || !given.includes("html"))
  );
}

/** From the server, which knows the newest and who may see it; from here where it cannot be reached in time. */
async function page(request, path) {
  const kept = async () => (await caches.open(pagesCache)).match(path);
  const asked = fetch(request);
  try {
    const first = await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, patienceMs))]);
    const isAway = first && first.status >= 502 && first.status <= 504;
    if (first && !isAway) return first;
    return (await kept()) ?? (await asked);
  } catch (error) {
    const known = await kept();
    if (known) return known;
    throw error;
  }
}

/** What is named after its content is the same for ever. */
async function file(request) {
  const kept = await caches.open(filesCache);
  const known = await kept.match(request, { ignoreVary: true });
  if (known) return known;
  const response = await fetch(request);
  if (isWhole(response)) await kept.put(request, response.clone()).catch(() => undefined);
  return response;
}
