/** Keeps the page itself on the device, so that it opens without a signal. Never what it shows: see crew-worker.js. */

const WORKER = "/static/web/crew-worker.js";

export function startWorker(): void {
  if (!("serviceWorker" in navigator)) return; // Without TLS there is none; the page then needs a signal to open.
  navigator.serviceWorker.register(WORKER, { scope: "/crew" }).then(tellFiles, () => undefined);
}

/** Tell the worker which files this page is made of: those it fetched, and the page. */
async function tellFiles(registration: ServiceWorkerRegistration): Promise<void> {
  await document.fonts.ready;
  const worker = registration.active ?? (await activated(registration));
  const fetched = performance.getEntriesByType("resource").map((one) => new URL(one.name));
  const own = fetched.filter((url) => url.origin === location.origin && url.pathname.startsWith("/static/web/assets/"));
  worker?.postMessage({ keep: ["/crew", ...new Set(own.map((url) => url.pathname))] });
}

function activated(registration: ServiceWorkerRegistration): Promise<ServiceWorker | null> {
  const worker = registration.installing ?? registration.waiting;
  if (!worker) return Promise.resolve(null);
  return new Promise((found) => {
    worker.addEventListener("statechange", () => worker.state === "activated" && found(worker));
  });
}
