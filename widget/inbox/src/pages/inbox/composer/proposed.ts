import type { ConversationView, ToolCallView } from "#shared/wire.ts";
import { toast } from "#ui/toast.tsx";
import { api } from "../../../api/client.ts";
import { isProblem } from "../../../api/problem.ts";
import { queries } from "../../../data/queries.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { texts } from "../texts.ts";
import { toolCallsQuery } from "../tool-calls.ts";

/** Whether people still have to do with it. */
export const isOpen = ({ status }: ToolCallView): boolean => status === "proposed" || status === "approved" || status === "failed";

/** Whether to show it: what people have to do with, and what was withdrawn as long as the conversation rests. */
export const isShown = (call: ToolCallView, { status }: ConversationView): boolean => isOpen(call) || (call.status === "withdrawn" && status === "resolved");

/** So long an approved one may be under way; after that its job may be gone, and people may approve it again. */
const LOST_MS = 30 * 60_000;
export const isLost = ({ status, decided_at: at }: ToolCallView): boolean => status === "approved" && at !== null && Date.now() - Date.parse(at) > LOST_MS;

export const approve = (call: ToolCallView): Promise<boolean> => decide(call, api.post("/api/ai/tool-calls/{call_id}/approve", { path: { call_id: call.id } }));
export const reject = (call: ToolCallView): Promise<boolean> => decide(call, api.post("/api/ai/tool-calls/{call_id}/reject", { path: { call_id: call.id } }));

/** Whether it was decided so. What the answer says may be older than what the feed has told meanwhile: it is fetched anew. */
async function decide({ conversation_id: conversation }: ToolCallView, answer: Promise<ToolCallView>): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (error) {
    toast({ tone: "error", title: texts.t("proposed.failed"), text: isProblem(error, "proposal_withdrawn") ? texts.t("proposed.withdrawn") : problemText(error), key: "proposed" });
    return false; // somebody was faster, as a rule
  } finally {
    await queries.invalidateQueries({ queryKey: toolCallsQuery(conversation).queryKey });
  }
}
