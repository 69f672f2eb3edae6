// What scripts add to the console's pages, each of which works without any.

import { initAll } from "./vendor/nhsuk-frontend.min.js";
import { useKeys } from "./keys.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();
// What htmx put in place gets the same; it also tells of the page itself, which has it already.
document.body.addEventListener("htmx:load", ({ detail }) => {
  if (detail.elt !== document.body) initAll({ scope: detail.elt });
});
useKeys();
