// Keeps the floor walk, and the files that it is drawn with, for when there is no line. Nothing else passes through here.
// One page is kept, of whoever opened it last, and not longer than a shift. It is thrown away when a stranger's page is shown
// (ui/forget.js), when its reader signs out, and when the site no longer gives it.
"use strict";
const SHELF = "floor-walk";
const HERE = new URL("./", self.location).pathname;
const PATIENCE = 5000;
const SHIFT = 12 * 60 * 60 * 1000;
const UNREACHED = 502;
const HEADERS = ["Content-Type", "Content-Language", "Content-Security-Policy", "Referrer-Policy", "X-Frame-Options"];

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname === HERE) event.respondWith(page(event, url));
  else if (["style", "script", "image", "font"].includes(request.destination)) event.respondWith(file(event));
});

self.addEventListener("message", (event) => {
  if (Array.isArray(event.data?.keep)) event.waitUntil(keepAll(event.data.keep));
});

async function page(event, url) {
  const coming = fetch(event.request).then((answer) => {
    event.waitUntil(learn(answer.clone(), url));
    return answer;
  });
  const fresh = await patient(event, coming);
  return fresh && fresh.status < UNREACHED ? fresh : (await aged()) || fresh || coming;
}

async function learn(answer, url) {
  if (answer.ok && !url.search) await keepPage(answer);
  if (answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status)) await forget();
}

async function file(event) {
  const coming = fetch(event.request).then((answer) => {
    if (answer.ok) event.waitUntil(keepFile(event.request.url, answer.clone()));
    return answer;
  });
  const fresh = await patient(event, coming);
  return fresh?.ok ? fresh : (await caches.match(event.request.url, { cacheName: SHELF })) || fresh || coming;
}

// What comes in time; nothing when the line is down, or so bad that what is kept serves better.
function patient(event, coming) {
  const come = coming.catch(() => null);
  event.waitUntil(come);
  return Promise.race([come, new Promise((done) => setTimeout(done, PATIENCE, null))]);
}

async function keepPage(fresh) {
  const headers = new Headers({ "X-Kept-At": String(Date.now()) });
  for (const name of HEADERS) if (fresh.headers.has(name)) headers.set(name, fresh.headers.get(name));
  const text = (await fresh.text()).replace('id="aged" hidden', 'id="aged"');
  const shelf = await caches.open(SHELF);
  await shelf.put(HERE, new Response(text, { headers }));
}

async function keepFile(address, fresh) {
  await (await caches.open(SHELF)).put(address, fresh);
}

// Asked by the page when it was opened before this worker stood in between.
async function keepAll(addresses) {
  if (await caches.match(HERE, { cacheName: SHELF })) return;
  const fresh = await fetch(HERE, { redirect: "manual" });
  if (!fresh.ok) return;
  await keepPage(fresh);
  const shelf = await caches.open(SHELF);
  await Promise.all(addresses.map((address) => shelf.add(address).catch(() => null)));
}

async function aged() {
  const kept = await caches.match(HERE, { cacheName: SHELF });
  if (!kept) return null;
  if (Date.now() - Number(kept.headers.get("X-Kept-At")) < SHIFT) return kept;
  await forget();
  return null;
}

async function forget() {
  await caches.delete(SHELF);
}
