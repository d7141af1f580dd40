import { lazyPart } from "@/lib/lazy-part";

/** What opens over the page: none of it is seen before somebody opens it. */
export const popups = lazyPart(() => import("./popup-parts"));
