import type { ToolCallView } from "#shared/wire.ts";
import { toast } from "#ui/toast.tsx";
import { api } from "../../../api/client.ts";
import { queries } from "../../../data/queries.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { texts } from "../texts.ts";
import { toolCallsQuery } from "../tool-calls.ts";

/** Whether people still have to do with it. */
export const isOpen = ({ status }: ToolCallView): boolean => status === "proposed" || status === "approved" || status === "failed";

export const approve = (call: ToolCallView): Promise<void> => decide(call, api.post("/api/ai/tool-calls/{call_id}/approve", { path: { call_id: call.id } }));
export const reject = (call: ToolCallView): Promise<void> => decide(call, api.post("/api/ai/tool-calls/{call_id}/reject", { path: { call_id: call.id } }));

async function decide({ id, conversation_id: conversation }: ToolCallView, answer: Promise<ToolCallView>): Promise<void> {
  const { queryKey } = toolCallsQuery(conversation);
  try {
    const decided = await answer;
    queries.setQueryData(queryKey, (calls) => calls?.map((each) => (each.id === id ? decided : each)));
  } catch (error) {
    toast({ tone: "error", title: texts.t("proposed.failed"), text: problemText(error), key: "proposed" });
    void queries.invalidateQueries({ queryKey }); // somebody was faster, as a rule
  }
}
