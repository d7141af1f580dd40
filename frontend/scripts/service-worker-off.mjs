/* global self, caches */

/* The way out: takes itself and what was kept away, and the pages go to the server as if there had never been one. */
self.addEventListener("install", () => void self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("tahochat-")).map((name) => caches.delete(name)));
  await self.registration.unregister();
}
