/** What the whole page looks like, as this browser remembers it. */
export const textSizes = ["small", "normal", "large"] as const;
export type TextSize = (typeof textSizes)[number];

export const motions = ["system", "reduced"] as const;
export type Motion = (typeof motions)[number];

export const textSizeKey = "tahochat.textSize";
export const motionKey = "tahochat.motion";

/** Runs before the first paint, as a string in the page's head: text that changes its size would make all of it jump. */
export const preferencesScript = `try{var e=document.documentElement.dataset,z=localStorage.getItem("${textSizeKey}"),m=localStorage.getItem("${motionKey}");if(z==="small"||z==="large")e.text=z;if(m==="reduced")e.motion=m}catch(e){}`;

export function textSizeOf(stored: string | null): TextSize {
  return textSizes.find((size) => size === stored) ?? "normal";
}

export function motionOf(stored: string | null): Motion {
  return stored === "reduced" ? "reduced" : "system";
}

export function showPreferences(size: TextSize, motion: Motion): void {
  const { dataset } = document.documentElement;
  if (size === "normal") delete dataset.text;
  else dataset.text = size;
  if (motion === "system") delete dataset.motion;
  else dataset.motion = motion;
}
