/** Gives the focus to what `find` finds, where closing or removing something left it to nobody. */
export function focusWhereLost(find: () => HTMLElement | null | undefined): void {
  // What closes gives its own focus back in the frame after it.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (document.activeElement === null || document.activeElement === document.body) find()?.focus();
    }),
  );
}

/** The message field, or what is shown where there is none. */
export function mainField(): HTMLElement | null {
  return document.querySelector<HTMLElement>("[data-testid=composer]") ?? document.querySelector("main");
}
