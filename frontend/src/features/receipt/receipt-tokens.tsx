import { useTranslations } from "next-intl";
import { useFormats } from "@/i18n/formats";
import type { Cost, Usage } from "@/lib/protocol/receipt";
import type { Message } from "@/lib/protocol/rest";

interface Line {
  name: "in" | "cached" | "out" | "reasoning";
  /** Part of the line before it, not added to it. */
  part?: boolean;
  tokens: number;
  price?: number;
}

function linesOf(usage: Usage, cost: Cost | undefined): Line[] {
  const { prompt_tokens: input = 0, cached_tokens: cached = 0 } = usage;
  const { completion_tokens: output = 0, reasoning_tokens: reasoning = 0 } = usage;
  const lines: Line[] = [
    { name: "in", tokens: input, price: cost?.input_price },
    { name: "cached", part: true, tokens: cached, price: cost?.cached_price ?? cost?.input_price },
    { name: "out", tokens: output, price: cost?.output_price },
    { name: "reasoning", part: true, tokens: reasoning },
  ];
  return lines.filter(({ part, tokens }) => !part || tokens > 0);
}

/** The bill: tokens, their prices, and what they come to. */
export function ReceiptTokens({ message: { usage, cost, status } }: { message: Message }) {
  const t = useTranslations("receipt.tokens");
  const all = useTranslations("receipt");
  const formats = useFormats();
  if (!usage) {
    const broken = status === "stopped" || status === "interrupted";
    return broken && <p className="text-xs text-soft">{t("notCounted")}</p>;
  }
  return (
    <div>
      <table data-testid="receipt-tokens" className="w-full text-xs tabular-nums">
        <caption className="sr-only">{t("title")}</caption>
        <thead>
          <tr className="text-soft">
            <th scope="col" className="w-full pb-1 text-start font-normal">
              {t("title")}
            </th>
            <th scope="col" className="pb-1 text-end font-normal">
              <span className="sr-only">{t("count")}</span>
            </th>
            {cost && (
              <th scope="col" className="ps-6 pb-1 text-end font-normal whitespace-nowrap">
                {t("perMillion")}
              </th>
            )}
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>*]:pb-1.5">
          {linesOf(usage, cost).map(({ name, part, tokens, price }) => (
            <tr key={name}>
              <th scope="row" className="py-0.5 text-start font-normal">
                {part ? <span className="ps-3 text-soft">{t(name)}</span> : t(name)}
              </th>
              <td className="text-end">{formats.count(tokens)}</td>
              {cost && (
                <td className="ps-6 text-end text-soft">
                  {price !== undefined && formats.price(price, cost.currency)}
                </td>
              )}
            </tr>
          ))}
        </tbody>
        {cost && (
          <tfoot className="border-t border-line font-medium">
            <tr>
              <th scope="row" colSpan={2} className="pt-1 text-start font-medium">
                {all("cost")}
              </th>
              <td className="pt-1 text-end" data-testid="receipt-cost">
                {cost.partial
                  ? t("over", { cost: formats.money(cost.amount, cost.currency) })
                  : formats.money(cost.amount, cost.currency)}
              </td>
            </tr>
          </tfoot>
        )}
      </table>
      {cost && <CostNote cost={cost} />}
    </div>
  );
}

function CostNote({ cost: { simulated, partial } }: { cost: Cost }) {
  const t = useTranslations("receipt.tokens");
  if (!simulated && !partial) return null;
  return (
    <p className="mt-1 text-xs text-soft">
      {[simulated && t("simulated"), partial && t("partial")].filter(Boolean).join(" ")}
    </p>
  );
}
