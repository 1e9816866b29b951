import { useMemo } from "react";
import { useLocale } from "../../i18n/locale.ts";

/** Writes amounts, which the wire carries as text, in the reader's way. */
export function useMoney(): (amount: string, currency: string) => string {
  const locale = useLocale();
  return useMemo(() => {
    const formats = new Map<string, Intl.NumberFormat>();
    return (amount, currency) => {
      let format = formats.get(currency);
      if (!format) formats.set(currency, (format = make(locale, currency)));
      return format.format(Number(amount));
    };
  }, [locale]);
}

function make(locale: string, currency: string): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, /^[A-Z]{3}$/.test(currency) ? { style: "currency", currency } : { minimumFractionDigits: 2 });
}

/** An amount as a field holds it: without the zeros that nobody types. */
export const plain = (amount: string): string => (/\.\d/.test(amount) ? Number(amount).toFixed(3).replace(/0$/, "") : amount);
