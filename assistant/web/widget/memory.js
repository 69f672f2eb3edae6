// What outlives a reload, kept by this tab only, and only from the first message on.

const KEY = "enquiry-assistant";

export function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    return null; // storage is switched off: the conversation lasts as long as the page
  }
}

export function remember(conversation) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(conversation));
  } catch {
    // As above.
  }
}

export function forget() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // As above.
  }
}
