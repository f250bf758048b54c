// What several rooms ask for, by noun.
import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";

export const assignmentsQuery = queryOptions({ queryKey: ["assignments"], queryFn: () => ask(api.GET("/me/assignments")) });

export const coursesQuery = queryOptions({ queryKey: ["courses"], queryFn: () => ask(api.GET("/courses")) });

export const courseQuery = (slug: string) =>
  queryOptions({ queryKey: ["courses", slug], queryFn: () => ask(api.GET("/courses/{slug}", { params: { path: { slug } } })) });

export const certificatesQuery = queryOptions({ queryKey: ["certificates"], queryFn: () => ask(api.GET("/me/certificates")) });

export const briefingsQuery = queryOptions({ queryKey: ["briefings"], queryFn: () => ask(api.GET("/briefings")) });

export const briefingQuery = (month: string) =>
  queryOptions({ queryKey: ["briefings", month], queryFn: () => ask(api.GET("/briefings/{month}", { params: { path: { month } } })) });

/** meetingQuery is the meeting that studied a briefing, or that none was held. */
export const meetingQuery = (month: string) =>
  queryOptions({ queryKey: ["briefings", month, "meeting"], queryFn: () => ask(api.GET("/briefings/{month}/meeting", { params: { path: { month } } })) });

export const policiesQuery = queryOptions({ queryKey: ["policies"], queryFn: () => ask(api.GET("/policies", { params: { query: { limit: 200 } } })) });

export const policyQuery = (code: string) =>
  queryOptions({ queryKey: ["policies", code], queryFn: () => ask(api.GET("/policies/{code}", { params: { path: { code } } })) });

export const policyVersionQuery = (code: string, n: number) =>
  queryOptions({
    queryKey: ["policies", code, "versions", n],
    queryFn: () => ask(api.GET("/policies/{code}/versions/{n}", { params: { path: { code, n } } })),
  });

/** differenceQuery is what a version changed against the one before. */
export const differenceQuery = (code: string, n: number) =>
  queryOptions({
    queryKey: ["policies", code, "versions", n, "difference"],
    queryFn: () => ask(api.GET("/policies/{code}/versions/{n}/difference", { params: { path: { code, n } } })),
    staleTime: 300_000,
  });

/** baseContentQuery is what a version says, for the draft of the next one. */
export const baseContentQuery = (code: string, n: number) =>
  queryOptions({
    queryKey: ["policies", code, "versions", n, "content"],
    queryFn: () => ask(api.GET("/policies/{code}/versions/{n}/content", { params: { path: { code, n } } })),
    staleTime: 60_000,
  });

/** repealsQuery are the proposals to repeal policies that wait for a decision. */
export const repealsQuery = queryOptions({ queryKey: ["policies", "repeals"], queryFn: () => ask(api.GET("/policy-repeals")) });

export const draftsQuery = queryOptions({ queryKey: ["policy-drafts"], queryFn: () => ask(api.GET("/policy-drafts")) });

export const draftQuery = (id: number) =>
  queryOptions({ queryKey: ["policy-drafts", id], queryFn: () => ask(api.GET("/policy-drafts/{id}", { params: { path: { id } } })) });

export const unitsQuery = queryOptions({ queryKey: ["units"], queryFn: () => ask(api.GET("/units")), staleTime: 300_000 });

/** banksQuery lists the banks of questions. */
export const banksQuery = queryOptions({ queryKey: ["banks"], queryFn: () => ask(api.GET("/banks")) });
