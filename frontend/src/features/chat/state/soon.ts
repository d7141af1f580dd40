/** A frame of the screen at most, and not never: hidden tabs draw no frames. */
export function soon(flush: () => void): void {
  const frame = requestAnimationFrame(run);
  const timer = setTimeout(run, 120);
  function run(): void {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    flush();
  }
}
