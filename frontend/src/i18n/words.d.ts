import type en from "./messages/en";

declare module "next-intl" {
  interface AppConfig {
    /** A BCP 47 tag, with the person's region where the browser tells one: see `Spoken`. */
    Locale: string;
    Messages: typeof en;
  }
}
