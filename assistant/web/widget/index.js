// The widget: one script tag puts it on any page, or an <enquiry-assistant> element says where it belongs.

import { EnquiryAssistant } from "./element.js";
import { launcherText } from "./words.js";

const NAME = "enquiry-assistant";

if (!customElements.get(NAME)) {
  EnquiryAssistant.home = new URL(document.currentScript.src).origin;
  customElements.define(NAME, EnquiryAssistant);
  if (!document.querySelector(NAME)) {
    const element = document.createElement(NAME);
    element.textContent = launcherText;
    document.body.append(element);
  }
}
