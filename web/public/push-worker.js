/** Shows a pushed page also while no page of goldenhour is open. It keeps nothing and fetches nothing. */

const OWN_PAGE = "/me";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const said = read(event.data);
  const shown = self.registration.showNotification(said.title, {
    body: said.text,
    tag: said.tag,
    renotify: Boolean(said.tag),
    requireInteraction: true,
    vibrate: [400, 200, 400],
  });
  event.waitUntil(shown);
});

function read(data) {
  try {
    const said = data.json();
    return { title: said.title ?? "goldenhour", text: said.text ?? "", tag: said.tag ?? "" };
  } catch {
    return { title: "goldenhour", text: "You are paged: open your own page.", tag: "" };
  }
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open());
});

/** Go to one's own page, in the window that has it where there is one. */
async function open() {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((one) => new URL(one.url).pathname === OWN_PAGE);
  if (there) return there.focus();
  return self.clients.openWindow(OWN_PAGE);
}
