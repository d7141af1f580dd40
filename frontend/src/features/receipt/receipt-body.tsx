import { useTranslations } from "next-intl";
import { useFormats } from "@/i18n/formats";
import type { Message } from "@/lib/protocol/rest";
import { firstTokenOf, speedOf } from "./format";
import { ReceiptDetails } from "./receipt-details";
import { ReceiptTokens } from "./receipt-tokens";
import { waterfall } from "./waterfall";
import { WaterfallTable } from "./waterfall-table";

/** What a reply took and cost: the figures, where the time went, the tokens, and which reply it was. */
export function ReceiptBody({ message }: { message: Message }) {
  const t = useTranslations("receipt");
  const formats = useFormats();
  const fall = waterfall(message.timing);
  const own = message.timing?.own_time;
  return (
    <div className="flex flex-col gap-4">
      <Figures message={message} />
      {fall && (
        <div>
          <WaterfallTable {...fall} />
          {own !== undefined && (
            <p className="mt-2 text-xs text-soft" data-testid="own-time">
              {t("ownTime", { time: formats.duration(own) })}
            </p>
          )}
        </div>
      )}
      {!fall && (
        <p className="text-xs text-soft">{message.timing ? t("olderVersion") : t("nothingMeasured")}</p>
      )}
      <ReceiptTokens message={message} />
      <ReceiptDetails message={message} />
    </div>
  );
}

function Figures({ message }: { message: Message }) {
  const t = useTranslations("receipt");
  const formats = useFormats();
  const { timing, cost } = message;
  const [first, speed] = [firstTokenOf(timing), speedOf(message)];
  const figures: [string, string | undefined][] = [
    [t("firstToken"), first === undefined ? undefined : formats.duration(first)],
    [t("speed"), speed === undefined ? undefined : formats.speed(speed)],
    [t("cost"), cost && formats.money(cost.amount, cost.currency)],
  ];
  const known = figures.filter(([, value]) => value !== undefined);
  if (known.length === 0) return null;
  return (
    <dl className="flex flex-wrap gap-x-4 gap-y-2 sm:gap-x-8">
      {known.map(([name, value]) => (
        <div key={name} className="flex flex-col-reverse">
          <dt className="text-xs text-soft">{name}</dt>
          <dd className="text-base font-semibold tabular-nums sm:text-lg">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
