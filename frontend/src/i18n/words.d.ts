import type { Locale as PageLocale } from "./locales";
import type en from "./messages/en";

declare module "next-intl" {
  interface AppConfig {
    Locale: PageLocale;
    Messages: typeof en;
  }
}
