// The sentences that scripts say: the server writes them, in the reader's language, as data attributes of one element.
const source = document.getElementById("words");

export function say(name, values = {}) {
  let text = source?.dataset[name] ?? "";
  for (const [key, value] of Object.entries(values)) text = text.replaceAll(`%${key}%`, String(value));
  return text;
}
