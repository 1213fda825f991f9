// On pages that strangers see: whatever this browser kept of a signed-in person's pages is thrown away, before anybody else signs in.
"use strict";
if (window.caches) caches.keys().then((kept) => kept.forEach((each) => caches.delete(each)), () => null);
