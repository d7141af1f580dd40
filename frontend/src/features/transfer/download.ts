/** Lets the browser fetch and save a file; the server says what it is called. */
export function download(href: string): void {
  const link = document.createElement("a");
  link.href = href;
  link.download = "";
  link.click();
}
