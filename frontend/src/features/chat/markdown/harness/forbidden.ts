const elements =
  "script, iframe, object, embed, link, base, meta, form, video, audio, source, picture, style, image, use, foreignObject, animate, set, template, textarea, portal";

/** Addresses that lead nowhere by themselves. */
const links = /^(?:https?:\/\/|mailto:|#)/;

/** What must never come of a model's words: elements that run or fetch, handlers, addresses that are loaded. */
export function findForbidden(root: HTMLElement): string[] {
  const found = [...root.querySelectorAll(elements)].map((element) => `<${element.localName}>`);
  for (const element of root.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      const plain = name.toLowerCase();
      if (plain.startsWith("on")) found.push(`${plain}=`);
      if (/^(?:srcdoc|srcset|formaction|action|poster|background|ping|xlink:href|data)$/.test(plain))
        found.push(plain);
      if (plain === "href" && !links.test(value)) found.push(`href=${value}`);
      if (plain === "src" && !isPicture(element, value)) found.push(`src=${value}`);
      if (plain === "style" && /url\s*\(|expression|@import|position\s*:\s*fixed/i.test(value))
        found.push(`style=${value}`);
    }
  }
  return found;
}

/** A diagram as a picture that holds everything it shows. */
function isPicture(element: Element, address: string): boolean {
  return element.localName === "img" && address.startsWith("data:image/svg+xml;charset=utf-8,%3Csvg");
}
