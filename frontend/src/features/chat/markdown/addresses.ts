/** Where a link leads that a model wrote. */
export interface Destination {
  href: string;
  /** What a person should see of it: the host, or the address of a mail. */
  place: string;
}

/** Only the web and mail; everything else is no link. The host is as the browser reads it, look-alike letters spelled out. */
export function destinationOf(url: string | null | undefined): Destination | null {
  if (!url || !/^(https?:\/\/|mailto:)/i.test(url)) return null;
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return null;
  }
  if (parsed.protocol === "mailto:") return { href: parsed.href, place: decode(parsed.pathname) };
  if (parsed.protocol !== "https:" && parsed.protocol !== "http:") return null;
  return parsed.host === "" ? null : { href: parsed.href, place: parsed.host };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether a link's words begin with the place that it leads to; a place somewhere inside them can mislead. */
export function says(words: string, place: string): boolean {
  const bare = (text: string) =>
    text
      .trim()
      .toLowerCase()
      .replace(/^(?:https?:\/\/|mailto:)/, "")
      .replace(/^www\./, "");
  const said = bare(words);
  const wanted = bare(place);
  return said.startsWith(wanted) && /^(?:[/:?#]|$)/.test(said.slice(wanted.length));
}
