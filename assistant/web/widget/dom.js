// Elements without markup: whatever comes from a server or a member stands as text.

// An element with properties; names that are no properties (aria-..., role, part) are set as attributes.
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child || child === 0));
  return element;
}

export function button(label, onclick, className = "secondary") {
  return make("button", { type: "button", textContent: label, className, onclick });
}

// What is no part of an address, such as ?bcc=..., does not become one of the letter.
export function linkTo(kind, address) {
  const target = kind === "tel" ? address.replace(/[^\d+]/g, "") : address.replace(/[?#&%]/g, encodeURIComponent);
  return make("a", { href: `${kind}:${target}`, textContent: address });
}

// E-mail addresses and telephone numbers of the assistant's own sentences become links: in need nobody wants to type.
const ADDRESS = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w,.-])(?:0\d[\d ]{7,11}\d|116 123|999|111)(?!\w|[,.-]\d)/g;

export function withLinks(text) {
  const parts = [];
  let end = 0;
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    parts.push(text.slice(end, index), linkTo(address.includes("@") ? "mailto" : "tel", address));
    end = index + address.length;
  }
  return [...parts, text.slice(end)];
}
