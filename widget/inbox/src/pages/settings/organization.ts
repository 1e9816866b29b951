import type { OrganizationChanges } from "#shared/wire.ts";
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { queries } from "../../data/queries.ts";
import { updateMe } from "../../session/session.ts";

export const organizationQuery = queryOptions({ queryKey: ["organization"], queryFn: ({ signal }) => api.get("/api/organization", { signal }) });

export async function updateOrganization(changes: OrganizationChanges): Promise<void> {
  const organization = await api.patch("/api/organization", { body: changes });
  queries.setQueryData(organizationQuery.queryKey, organization);
  updateMe({ organization_name: organization.name, accent_color: organization.accent_color });
}
