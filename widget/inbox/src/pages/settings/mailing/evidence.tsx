import { texts } from "./texts.ts";

const known = ["why", "note", "said", "by", "network", "message_id", "contact_id"] as const;

/** How a reason is known: whatever was kept, in the order of what says most. */
export function Evidence({ evidence }: { evidence: Readonly<Record<string, unknown>> }) {
  const t = texts.use();
  const rest = Object.keys(evidence).filter((key) => !known.some((each) => each === key));
  const rows = [...known.map((key) => [key, t(`evidence.${key}`)] as const), ...rest.map((key) => [key, key] as const)].filter(([key]) => evidence[key] !== undefined && evidence[key] !== "" && evidence[key] !== null);
  if (rows.length === 0) return null;
  return (
    <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 text-xs">
      {rows.map(([key, label]) => (
        <div key={key} className="contents">
          <dt className="text-faint">{label}</dt>
          <dd className="wrap-anywhere">
            <bdi>{typeof evidence[key] === "object" ? JSON.stringify(evidence[key]) : String(evidence[key])}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
