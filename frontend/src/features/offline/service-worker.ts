const scriptUrl = "/sw.js";
const takeOverWithinMs = 3000;

/** Paths of the hashed files that this page has loaded so far. */
function loadedFiles(): string[] {
  const urls = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
  const own = urls.filter(({ origin }) => origin === window.location.origin).map(({ pathname }) => pathname);
  return [...new Set(own.filter((path) => path.startsWith("/_next/static/")))];
}

/**
 * Installs the export's service worker. `onUpdate` gets what reloads the page into a newer build, when there is one that
 * this page is not of.
 */
export async function startServiceWorker(onUpdate: (reload: () => void) => void): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const container = navigator.serviceWorker;
  // Refused where cookies are, and undefined where a test blocks it.
  const registration: ServiceWorkerRegistration | undefined = await container
    .register(scriptUrl, { scope: "/", updateViaCache: "none" })
    .catch(() => undefined);
  if (!registration) return;

  const waiting = (worker: ServiceWorker) => {
    void isOwn(worker).then((own) => {
      if (own) worker.postMessage({ type: "take-over" });
      else onUpdate(() => reloadInto(worker, container));
    });
  };
  const follow = (worker: ServiceWorker | null) =>
    worker?.addEventListener("statechange", () => {
      if (worker.state === "installed" && registration.active) waiting(worker);
    });
  if (registration.waiting) waiting(registration.waiting);
  follow(registration.installing);
  registration.addEventListener("updatefound", () => follow(registration.installing));

  const ready = await container.ready;
  ready.active?.postMessage({ type: "used", paths: loadedFiles() });
}

/** Whether this page is of the worker's build. */
function isOwn(worker: ServiceWorker): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  const scripts = [...document.querySelectorAll<HTMLScriptElement>('script[src^="/_next/static/"]')];
  const paths = scripts.map(({ src }) => new URL(src).pathname);
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data === true);
    worker.postMessage({ type: "has", paths }, [port2]);
  });
}

function reloadInto(worker: ServiceWorker, container: ServiceWorkerContainer): void {
  const reload = () => window.location.reload();
  container.addEventListener("controllerchange", reload, { once: true });
  setTimeout(reload, takeOverWithinMs);
  worker.postMessage({ type: "take-over" });
}
