/** Pages pushed to this very browser: it subscribes with its maker's push service, under this house's key. */

const WORKER = "/static/web/push-worker.js";

/** Why this browser cannot be pushed to, in words; "" when it can. */
export function whyNoPush(): string {
  if (!("serviceWorker" in navigator) || !("PushManager" in window)) {
    return "This browser takes no pushed pages here. They need https, and on an iPhone the page on the home screen.";
  }
  return Notification.permission === "denied" ? "Notifications are blocked for this site in the browser's settings." : "";
}

export interface Subscription {
  endpoint: string;
  keys: { auth: string; p256dh: string };
}

/** Subscribe this browser. Asks the person for leave to notify them. */
export async function subscribe(key: string): Promise<Subscription> {
  const registration = await navigator.serviceWorker.register(WORKER);
  await activated(registration);
  const before = await registration.pushManager.getSubscription();
  await before?.unsubscribe(); // It may be under another key.
  const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const said = made.toJSON();
  return { endpoint: said.endpoint ?? "", keys: { auth: said.keys?.auth ?? "", p256dh: said.keys?.p256dh ?? "" } };
}

function activated(registration: ServiceWorkerRegistration): Promise<void> {
  const worker = registration.installing ?? registration.waiting;
  if (registration.active || !worker) return Promise.resolve();
  return new Promise((done) => {
    worker.addEventListener("statechange", () => worker.state === "activated" && done());
  });
}
