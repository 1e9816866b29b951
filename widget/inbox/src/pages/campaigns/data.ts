import type { CampaignAudience, CampaignChanges, CampaignInput, CampaignRecipient, CampaignSchedule, CampaignTestInput, CampaignView, TemplateTest } from "#shared/wire.ts";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { queries } from "../../data/queries.ts";

const PAGE = 40;
const WHILE_SENDING_MS = 5000;
/** What the server answers with has all of it: only what is sent may leave things out. */
export type Campaign = Required<CampaignView>;
export type Status = CampaignView["status"];
export type SendState = CampaignRecipient["state"];

/** Whether its counts move by themselves. */
export const isMoving = (status: Status): boolean => status === "sending" || status === "scheduled";

export const campaignsQuery = (q: string, status: Status | undefined) =>
  infiniteQueryOptions({
    queryKey: ["campaigns", q, status] as const,
    queryFn: ({ pageParam, signal }) => api.get("/api/campaigns", { query: { q: q || null, status: status ?? null, cursor: pageParam, limit: PAGE }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: ({ state }) => (state.data?.pages.some(({ items }) => items.some((each) => isMoving(each.status))) ? WHILE_SENDING_MS : false),
  });

export const campaignQuery = (id: number) =>
  queryOptions({
    queryKey: ["campaign", id] as const,
    queryFn: async ({ signal }) => (await api.get("/api/campaigns/{campaign_id}", { path: { campaign_id: id }, signal })) as Campaign,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data && isMoving(state.data.status) ? WHILE_SENDING_MS : false),
  });

/** Who would get it now. */
export const audienceQuery = (audience: CampaignAudience) =>
  queryOptions({
    queryKey: ["campaign-audience", audience] as const,
    queryFn: ({ signal }) => api.post("/api/campaigns/audience", { body: audience, signal }),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });

export const progressQuery = (id: number, isLive: boolean) =>
  queryOptions({
    queryKey: ["campaign", id, "progress"] as const,
    queryFn: ({ signal }) => api.get("/api/campaigns/{campaign_id}/progress", { path: { campaign_id: id }, signal }),
    staleTime: 0,
    refetchInterval: isLive ? 2000 : false,
  });

export const recipientsQuery = (id: number, state: SendState | undefined, reason: string | undefined, q: string) =>
  infiniteQueryOptions({
    queryKey: ["campaign", id, "recipients", state, reason, q] as const,
    queryFn: ({ pageParam, signal }) =>
      api.get("/api/campaigns/{campaign_id}/recipients", { path: { campaign_id: id }, query: { state: state ?? null, reason: reason ?? null, q: q || null, cursor: pageParam, limit: PAGE }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });

/** Inboxes to send from, and whether mail would go out. */
export const sendersQuery = queryOptions({ queryKey: ["mail-inboxes"] as const, queryFn: ({ signal }) => api.get("/api/email/inboxes", { signal }), refetchOnMount: "always" });

function kept(answer: CampaignView): Campaign {
  const campaign = answer as Campaign;
  queries.setQueryData(campaignQuery(campaign.id).queryKey, campaign);
  void queries.invalidateQueries({ queryKey: ["campaigns"] });
  return campaign;
}

const at = (id: number): { path: { campaign_id: number } } => ({ path: { campaign_id: id } });

export const createCampaign = async (body: CampaignInput): Promise<Campaign> => kept(await api.post("/api/campaigns", { body }));
export const updateCampaign = async (id: number, body: CampaignChanges): Promise<Campaign> => kept(await api.patch("/api/campaigns/{campaign_id}", { ...at(id), body }));
export const duplicateCampaign = async (id: number, client_id: string): Promise<Campaign> => kept(await api.post("/api/campaigns/{campaign_id}/duplicate", { ...at(id), body: { client_id } }));
export const scheduleCampaign = async (id: number, body: CampaignSchedule): Promise<Campaign> => kept(await api.post("/api/campaigns/{campaign_id}/schedule", { ...at(id), body }));
export const unscheduleCampaign = async (id: number): Promise<Campaign> => kept(await api.post("/api/campaigns/{campaign_id}/unschedule", at(id)));
export const startCampaign = async (id: number, revision: number): Promise<Campaign> => kept(await api.post("/api/campaigns/{campaign_id}/start", { ...at(id), body: { revision } }));
export const testCampaign = (id: number, body: CampaignTestInput): Promise<TemplateTest> => api.post("/api/campaigns/{campaign_id}/test", { ...at(id), body });

async function withProgress(id: number, work: Promise<CampaignView>): Promise<Campaign> {
  const campaign = kept(await work);
  void queries.invalidateQueries({ queryKey: ["campaign", id, "progress"] });
  return campaign;
}

export const pauseCampaign = (id: number): Promise<Campaign> => withProgress(id, api.post("/api/campaigns/{campaign_id}/pause", at(id)));
export const resumeCampaign = (id: number): Promise<Campaign> => withProgress(id, api.post("/api/campaigns/{campaign_id}/resume", at(id)));
export const cancelCampaign = (id: number): Promise<Campaign> => withProgress(id, api.post("/api/campaigns/{campaign_id}/cancel", at(id)));

export async function deleteCampaign(id: number): Promise<void> {
  await api.delete("/api/campaigns/{campaign_id}", at(id));
  queries.removeQueries({ queryKey: ["campaign", id] });
  void queries.invalidateQueries({ queryKey: ["campaigns"] });
}

/** What holds back the inbox that it comes from. */
export const senderQuery = (inbox: number | null, isWanted: boolean) =>
  queryOptions({
    queryKey: ["mailing-settings", inbox] as const,
    queryFn: ({ signal }) => api.get("/api/inboxes/{inbox_id}/email/mailing", { path: { inbox_id: inbox ?? 0 }, signal }),
    enabled: inbox !== null && isWanted,
    refetchInterval: WHILE_SENDING_MS,
  });

export const reportQuery = (id: number, status: Status) =>
  queryOptions({
    queryKey: ["campaign", id, "report"] as const,
    queryFn: ({ signal }) => api.get("/api/campaigns/{campaign_id}/report", { path: { campaign_id: id }, signal }),
    refetchInterval: isMoving(status) ? WHILE_SENDING_MS : false,
  });

export const repliesQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: ["campaign", id, "replies"] as const,
    queryFn: ({ pageParam, signal }) => api.get("/api/campaigns/{campaign_id}/replies", { path: { campaign_id: id }, query: { cursor: pageParam, limit: 10 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
