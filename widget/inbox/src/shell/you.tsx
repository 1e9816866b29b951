import { Avatar } from "#ui/avatar.tsx";
import { lazy, Suspense } from "react";
import { useMe } from "../session/session.ts";

const YouMenu = lazy(() => import("./you-menu.tsx"));

/** The button of one's own menu; the menu itself comes after the page. */
export function You({ side }: { side: "right" | "bottom" }) {
  const me = useMe();
  return (
    <Suspense
      fallback={
        <span className="flex size-10 items-center justify-center">
          <Avatar name={me.name} seed={me.user_id} size="sm" />
        </span>
      }
    >
      <YouMenu side={side} />
    </Suspense>
  );
}
