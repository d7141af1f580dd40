/** What lower case makes of a text, letter by letter, so that places in it stay places in the text. */
function lower(text: string): string {
  const whole = text.toLowerCase();
  if (whole.length === text.length) return whole;
  return [...text]
    .map((letter) => (letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter))
    .join("");
}

/** Where `words` are in a text, whatever their case. */
export function placesOf(text: string, words: string): number[] {
  const places: number[] = [];
  if (words === "") return places;
  const [hay, needle] = [lower(text), lower(words)];
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + needle.length)) places.push(at);
  return places;
}

interface Stretch {
  node: Text;
  start: number;
}

/** The places in an element's text as ranges; words may begin in one element and end in the next. */
export function rangesIn(element: Element, words: string): Range[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const stretches: Stretch[] = [];
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    stretches.push({ node: node as Text, start: text.length });
    text += (node as Text).data;
  }
  return placesOf(text, words).map((at) => {
    const range = document.createRange();
    const [from, to] = [stretchAt(stretches, at), stretchAt(stretches, at + words.length - 1)];
    range.setStart(from.node, at - from.start);
    range.setEnd(to.node, at + words.length - to.start);
    return range;
  });
}

function stretchAt(stretches: readonly Stretch[], at: number): Stretch {
  const found = stretches.findLast(({ start }) => start <= at);
  if (!found) throw new Error("The place is outside of the text.");
  return found;
}

/** Marks the texts in all messages that are drawn, the current one's stronger. The document stays React's. */
export function mark(log: Element, wanted: readonly string[], current: number | undefined): void {
  if (!("highlights" in CSS)) return;
  const texts = [...log.querySelectorAll<HTMLElement>("[data-message-id]")].flatMap((message) =>
    [...message.querySelectorAll("[data-testid=message-content]")].map((element) => ({
      here: message.dataset.messageId === String(current),
      ranges: wanted.flatMap((words) => rangesIn(element, words)),
    })),
  );
  const rangesOf = (here: boolean) =>
    texts.filter((text) => text.here === here).flatMap(({ ranges }) => ranges);
  CSS.highlights.set("found", new Highlight(...rangesOf(false)));
  CSS.highlights.set("found-here", new Highlight(...rangesOf(true)));
}

export function unmark(): void {
  if (!("highlights" in CSS)) return;
  CSS.highlights.delete("found");
  CSS.highlights.delete("found-here");
}
