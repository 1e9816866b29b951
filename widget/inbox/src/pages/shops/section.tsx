import { EmptyState } from "#ui/states.tsx";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Store } from "lucide-react";
import { useEffect, useState } from "react";
import { useIsRole } from "../../session/session.ts";
import { Loaded, Part } from "../settings/parts.tsx";
import { Connect } from "./connect/connect.tsx";
import { Made, type MadeShop } from "./connect/made.tsx";
import { shopsQuery } from "./data.ts";
import { Shop } from "./shop.tsx";
import { texts } from "./texts.ts";

/** Shops: those that are connected, and the ways to connect one. */
export default function Shops() {
  const t = texts.use();
  const isAdmin = useIsRole("admin");
  const query = useQuery(shopsQuery);
  const [made, setMade] = useState<MadeShop>();
  return (
    <>
      <Returned />
      {made && <Made made={made} close={() => setMade(undefined)} />}
      <Loaded query={query}>
        {(shops) => (
          <>
            {shops.length === 0 ? (
              <Part title={t("shops")}>
                <EmptyState icon={Store} title={t("none.title")} text={t(isAdmin ? "none.text" : "none.ask")} className="py-4" />
              </Part>
            ) : (
              shops.map((shop) => <Shop key={shop.id} shop={shop} told={setMade} />)
            )}
            {isAdmin && <Connect made={setMade} />}
          </>
        )}
      </Loaded>
    </>
  );
}

const REFUSED = ["declined", "bad_signature", "not_a_shop", "bad_key", "not_found", "already_connected", "limit_reached", "shop_unreachable"] as const;
type Said = "connected" | "brings" | "other" | (typeof REFUSED)[number];

/** Back from a shop's own page: whether it gave us a key. Said once; the address forgets it. */
function Returned() {
  const t = texts.use();
  const navigate = useNavigate();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const [said] = useState((): Said | undefined => {
    if ("connected" in search) return "connected";
    if ("success" in search) return String(search["success"]) === "1" ? "brings" : "declined";
    return "refused" in search ? (REFUSED.find((code) => code === search["refused"]) ?? "other") : undefined;
  });
  useEffect(() => {
    if (said) void navigate({ to: "/settings/$section", params: { section: "integrations" }, replace: true });
  }, [said, navigate]);
  if (!said) return null;
  const isGood = said === "connected" || said === "brings";
  return (
    <p role="status" className={`mb-6 rounded-md px-4 py-3 text-sm ${isGood ? "bg-success-soft text-success" : "bg-danger-soft text-danger"}`}>
      {t(`returned.${said}`)}
    </p>
  );
}
