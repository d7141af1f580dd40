/** What lies over the page looks the same everywhere. */
export const surface = "border border-line bg-page text-ink shadow-lg outline-none";

export const backdrop = "backdrop fixed inset-0 z-40 bg-[#0008]";

export const inputField =
  "w-full rounded-lg border border-line bg-page px-3 text-sm transition-colors outline-none placeholder:text-soft focus:border-accent aria-invalid:border-danger";
