import { useTranslations } from "next-intl";
import { useFormats } from "@/i18n/formats";
import { cn } from "@/lib/cn";
import type { RowKey, Waterfall } from "./waterfall";

const colors: Record<RowKey, string> = {
  waiting: "bg-soft/60",
  own: "bg-ink",
  attempts: "bg-danger",
  provider: "bg-accent/35",
  queue: "bg-accent/35",
  prompt: "bg-accent/60",
  way: "bg-soft/30",
  reasoning: "bg-accent/80",
  writing: "bg-accent",
  tools: "bg-warn",
};

const percent = (part: number) => `${part * 100}%`;

/** Bars on one axis, from the send to the end, with their times in words. */
export function WaterfallTable({ rows, total, firstToken }: Waterfall) {
  const t = useTranslations("receipt");
  const formats = useFormats();
  return (
    <table data-testid="waterfall" className="w-full border-collapse text-xs">
      <caption className="sr-only">{t("waterfall.title")}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{t("waterfall.part")}</th>
          <th scope="col" aria-hidden />
          <th scope="col">{t("waterfall.time")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, seconds, bars }) => (
          <tr key={key} data-row={key} title={t(`rows.${key}.hint`)}>
            <th scope="row" className="py-0.5 pe-2.5 text-start font-normal whitespace-nowrap">
              {t(`rows.${key}.label`)}
            </th>
            <td aria-hidden className="w-full p-0">
              <div className="relative h-5 bg-sunken">
                {firstToken !== undefined && <Mark at={firstToken} />}
                {bars.map(({ start, length }) => (
                  <span
                    key={start}
                    className={cn("absolute inset-y-1 min-w-0.5 rounded-xs", colors[key])}
                    style={{ insetInlineStart: percent(Math.min(start, 0.995)), width: percent(length) }}
                  />
                ))}
              </div>
            </td>
            <td className="ps-2.5 text-end whitespace-nowrap tabular-nums">{formats.duration(seconds)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="font-medium">
          <th scope="row" className="pe-2.5 pt-1.5 text-start font-medium">
            {t("waterfall.total")}
          </th>
          <td aria-hidden className="pt-1.5 font-normal text-soft">
            {firstToken !== undefined && <MarkName at={firstToken} />}
          </td>
          <td className="ps-2.5 pt-1.5 text-end whitespace-nowrap tabular-nums">{formats.duration(total)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

/** The moment of the first text. */
function Mark({ at }: { at: number }) {
  return (
    <span
      className="absolute inset-y-0 border-s border-dashed border-soft/70"
      style={{ insetInlineStart: percent(Math.min(at, 0.995)) }}
    />
  );
}

/** Named on the side where there is room. */
function MarkName({ at }: { at: number }) {
  const t = useTranslations("receipt.waterfall");
  const late = at > 0.5;
  return (
    <div className="relative h-4">
      <span
        className={cn("absolute whitespace-nowrap", late ? "pe-1" : "ps-1")}
        style={late ? { insetInlineEnd: percent(1 - at) } : { insetInlineStart: percent(at) }}
      >
        {t("firstToken")}
      </span>
    </div>
  );
}
