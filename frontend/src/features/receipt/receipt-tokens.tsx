import type { Cost, Usage } from "@/lib/protocol/receipt";
import type { Message } from "@/lib/protocol/rest";
import { formatCount, formatMoney, formatPrice } from "./format";

interface Line {
  name: string;
  /** Part of the line before it, not added to it. */
  part?: boolean;
  tokens: number;
  price?: number;
}

function linesOf(usage: Usage, cost: Cost | undefined): Line[] {
  const { prompt_tokens: input = 0, cached_tokens: cached = 0 } = usage;
  const { completion_tokens: output = 0, reasoning_tokens: reasoning = 0 } = usage;
  const lines: Line[] = [
    { name: "In", tokens: input, price: cost?.input_price },
    { name: "from the cache", part: true, tokens: cached, price: cost?.cached_price ?? cost?.input_price },
    { name: "Out", tokens: output, price: cost?.output_price },
    { name: "reasoning", part: true, tokens: reasoning },
  ];
  return lines.filter(({ part, tokens }) => !part || tokens > 0);
}

/** The bill: tokens, their prices, and what they come to. */
export function ReceiptTokens({ message: { usage, cost, status } }: { message: Message }) {
  if (!usage) {
    const broken = status === "stopped" || status === "interrupted";
    return (
      broken && (
        <p className="text-xs text-soft">The provider counts tokens at the end, which did not come.</p>
      )
    );
  }
  return (
    <div>
      <table data-testid="receipt-tokens" className="w-full text-xs tabular-nums">
        <caption className="sr-only">Tokens</caption>
        <thead>
          <tr className="text-soft">
            <th scope="col" className="w-full pb-1 text-start font-normal">
              Tokens
            </th>
            <th scope="col" className="pb-1 text-end font-normal">
              <span className="sr-only">Count</span>
            </th>
            {cost && (
              <th scope="col" className="ps-6 pb-1 text-end font-normal whitespace-nowrap">
                per million
              </th>
            )}
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>*]:pb-1.5">
          {linesOf(usage, cost).map(({ name, part, tokens, price }) => (
            <tr key={name}>
              <th scope="row" className="py-0.5 text-start font-normal">
                {part ? <span className="ps-3 text-soft">{name}</span> : name}
              </th>
              <td className="text-end">{formatCount(tokens)}</td>
              {cost && (
                <td className="ps-6 text-end text-soft">
                  {price !== undefined && formatPrice(price, cost.currency)}
                </td>
              )}
            </tr>
          ))}
        </tbody>
        {cost && (
          <tfoot className="border-t border-line font-medium">
            <tr>
              <th scope="row" colSpan={2} className="pt-1 text-start font-medium">
                Cost
              </th>
              <td className="pt-1 text-end" data-testid="receipt-cost">
                {cost.partial && "over "}
                {formatMoney(cost.amount, cost.currency)}
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
  if (!simulated && !partial) return null;
  return (
    <p className="mt-1 text-xs text-soft">
      {simulated && "Groq would charge this; the offline emulator charges nothing. "}
      {partial && "What was broken off was not counted."}
    </p>
  );
}
