/** Nearer to the end than this is at the end: half pixels, and the elastic scrolling of some systems. */
const nearPx = 8;

/** From here on there is a way back to the end. */
const farPx = 60;

/** Keeps a scroller at its end while that moves away, until the person scrolls up; at the end again, it keeps to it again. */
export class EndKeeper {
  private element: HTMLElement | null = null;
  private stuck = true;
  private top = 0;
  private height = 0;
  private onAway: (isAway: boolean) => void = () => undefined;

  /** `onAway`: whether the end is far enough away for a way back to it. Returns how to end it. */
  attach(element: HTMLElement, onAway: (isAway: boolean) => void): () => void {
    this.element = element;
    this.onAway = onAway;
    this.note(element);
    const scrolled = () => this.scrolled(element);
    // At once: what grows meanwhile would scroll down again what the wheel scrolled up a little.
    const wheeled = (event: WheelEvent) => {
      if (event.deltaY < 0 && !event.ctrlKey && element.scrollTop > 0) this.release();
    };
    element.addEventListener("scroll", scrolled, { passive: true });
    element.addEventListener("wheel", wheeled, { passive: true });
    return () => {
      this.element = null;
      element.removeEventListener("scroll", scrolled);
      element.removeEventListener("wheel", wheeled);
    };
  }

  /** Keeps to the end from now on. */
  readonly toEnd = (): void => {
    this.stuck = true;
    this.resized();
  };

  /** Stays where it is from now on. */
  readonly release = (): void => {
    this.stuck = false;
  };

  readonly isStuck = (): boolean => this.stuck;

  /** To be called in the same frame as anything that changed its height. */
  readonly resized = (): void => {
    const { element } = this;
    if (!element) return;
    const end = element.scrollHeight - element.clientHeight;
    if (this.stuck && Math.abs(element.scrollTop - end) > 0.5) element.scrollTop = end;
    this.look(element);
  };

  private scrolled(element: HTMLElement): void {
    const up = element.scrollTop < this.top - 0.5;
    // What goes up because something became shorter was not scrolled.
    if (up && element.scrollHeight >= this.height && distanceOf(element) > nearPx) this.stuck = false;
    else if (!up && distanceOf(element) <= nearPx) this.stuck = true;
    this.note(element);
    this.look(element);
  }

  private note(element: HTMLElement): void {
    this.top = element.scrollTop;
    this.height = element.scrollHeight;
  }

  private look(element: HTMLElement): void {
    this.onAway(!this.stuck && distanceOf(element) > farPx);
  }
}

function distanceOf(element: HTMLElement): number {
  return element.scrollHeight - element.scrollTop - element.clientHeight;
}
