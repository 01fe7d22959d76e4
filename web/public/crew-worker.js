/**
 * The crew page's own worker: keeps the page's files, so that it opens without a signal. It touches nothing under /api/:
 * what is known of a call is never in this cache.
 */

const FILES = "goldenhour-crew";
const PAGE = "/crew";
const ASSETS = "/static/web/assets/";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  if (Array.isArray(event.data?.keep)) event.waitUntil(keep(event.data.keep));
});

/** Keep these files and no others. */
async function keep(paths) {
  const cache = await caches.open(FILES);
  await Promise.all(
    paths.map(async (path) => {
      if (path !== PAGE && (await cache.match(path))) return; // Its name holds a hash of it: it never changes.
      const answer = await fetch(path).catch(() => null);
      if (answer?.ok && !answer.redirected) await cache.put(path, answer);
    }),
  );
  const wanted = new Set(paths);
  for (const one of await cache.keys()) {
    if (!wanted.has(new URL(one.url).pathname)) await cache.delete(one);
  }
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && url.pathname === PAGE) event.respondWith(page(event.request));
  else if (url.pathname.startsWith(ASSETS)) event.respondWith(asset(event.request));
});

/** The page as the site has it; without a signal as it was kept. */
async function page(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(PAGE);
    if (kept) return kept;
    throw error;
  }
}

async function asset(request) {
  return (await caches.match(request)) ?? fetch(request);
}
