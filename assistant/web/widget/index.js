// The widget: one script tag puts it on any page, or an <enquiry-assistant> element says where it belongs.

import { EnquiryAssistant } from "./element.js";
import { launcherText } from "./words.js";

const NAME = "enquiry-assistant";

if (!customElements.get(NAME)) {
  EnquiryAssistant.home = new URL(ownScript().src).origin;
  customElements.define(NAME, EnquiryAssistant);
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", addUnlessThere);
  else addUnlessThere();
}

// Not document.currentScript: a page's <img name="currentScript"> would stand in its place and lead us to another server.
function ownScript() {
  return Object.getOwnPropertyDescriptor(Document.prototype, "currentScript").get.call(document);
}

function addUnlessThere() {
  if (document.querySelector(NAME)) return;
  const element = document.createElement(NAME);
  element.textContent = launcherText;
  document.querySelector("body").append(element); // document.body may be <form name="body">
}
