export type Theme = "light" | "dark" | "system";

const key = "tahochat.theme";
const listeners = new Set<() => void>();

/** Runs before the first paint, as a string in the page's head: the theme must not flash. */
export const themeScript = `try{var t=localStorage.getItem("${key}");var d=t==="dark"||(t!=="light"&&matchMedia("(prefers-color-scheme: dark)").matches);document.documentElement.classList.toggle("dark",d)}catch(e){}`;

export function getTheme(): Theme {
  try {
    const value = localStorage.getItem(key);
    return value === "light" || value === "dark" ? value : "system";
  } catch {
    return "system";
  }
}

export function setTheme(theme: Theme): void {
  try {
    if (theme === "system") localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    // Storage is forbidden: the choice lasts as long as the page.
  }
  show(theme);
  for (const listener of listeners) listener();
}

function show(theme: Theme): void {
  const dark = theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.classList.toggle("dark", dark);
}

/** Follows the system while the theme is `system`, and other tabs. */
export function subscribeTheme(listener: () => void): () => void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const changed = () => {
    show(getTheme());
    listener();
  };
  listeners.add(listener);
  system.addEventListener("change", changed);
  window.addEventListener("storage", changed);
  return () => {
    listeners.delete(listener);
    system.removeEventListener("change", changed);
    window.removeEventListener("storage", changed);
  };
}
