import type { OpenedProps } from "../../panels/opens.ts";
import { OrderDrawer } from "./drawer.tsx";

/** An order over the conversation that it was opened in. */
export default function Beside({ search, conversation, close }: OpenedProps) {
  const id = Number(search.get("order"));
  return Number.isSafeInteger(id) && id > 0 ? <OrderDrawer id={id} conversation={conversation} close={close} /> : null;
}
