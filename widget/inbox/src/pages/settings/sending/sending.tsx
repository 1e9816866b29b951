import { useQuery } from "@tanstack/react-query";
import { api } from "../../../api/client.ts";
import { Loaded } from "../parts.tsx";
import { Server } from "./server.tsx";
import { Signing } from "./signing.tsx";
import { texts } from "./texts.ts";

/** By what an inbox's mail goes out, and how it is signed. */
export function Sending({ inbox }: { inbox: number }) {
  const t = texts.use();
  const path = { inbox_id: inbox };
  const serverKey = ["email", inbox, "server"];
  const signingKey = ["email", inbox, "signing"];
  const server = useQuery({ queryKey: serverKey, queryFn: ({ signal }) => api.get("/api/inboxes/{inbox_id}/email/server", { path, signal }) });
  const signing = useQuery({ queryKey: signingKey, queryFn: ({ signal }) => api.get("/api/inboxes/{inbox_id}/email/dkim", { path, signal }) });
  return (
    <section className="flex flex-col gap-4 border-t border-line pt-5">
      <h3 className="font-medium">{t("sending")}</h3>
      <Loaded query={server}>{(sending) => <Server inbox={inbox} queryKey={serverKey} sending={sending} />}</Loaded>
      <Loaded query={signing}>{(found) => <Signing inbox={inbox} queryKey={signingKey} signing={found} />}</Loaded>
    </section>
  );
}
