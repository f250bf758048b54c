// The API as openapi-fetch wants to see it. One row per operation.
import type * as V from "./views";

interface Shape { path?: unknown; query?: unknown; body?: unknown; answer?: unknown }
type Body<B> = B extends object ? { requestBody: { content: { "application/json": B } } } : { requestBody?: never };
type Query<Q> = Q extends object ? { query?: Q } : { query?: never };
type Path<P> = P extends object ? { path: P } : { path?: never };
type Op<S extends Shape> = Body<S["body"]> & {
  parameters: Path<S["path"]> & Query<S["query"]> & { header?: never; cookie?: never };
  responses: {
    200: { content: { "application/json": S["answer"] } };
    default: { content: { "application/problem+json": V.ProblemBody } };
  };
};

type Page = { cursor?: string; limit?: number };
type Upload = { file: string; dry_run?: boolean; profile?: string };
type Version = { code: string; n: number };

export interface paths {
  "/about": { get: Op<{ answer: V.About }> };
  "/session": { post: Op<{ body: { login: string; password: string }; answer: V.Me }>; delete: Op<object> };
  "/me": { get: Op<{ answer: V.Me }>; patch: Op<{ body: { language: V.Locale }; answer: V.Me }> };
  "/me/password": { post: Op<{ body: { current: string; new: string } }> };
  "/me/sessions": { get: Op<{ answer: V.List<V.Session> }> };
  "/me/sessions/{id}": { delete: Op<{ path: { id: number } }> };
  "/me/assignments": { get: Op<{ answer: V.List<V.Assignment> }> };
  "/me/certificates": { get: Op<{ answer: V.List<V.Certificate> }> };
  "/me/performance": { get: Op<{ query: { period: string }; answer: V.Card }> };
  "/courses": { get: Op<{ answer: V.List<V.CourseCard> }>; post: Op<{ body: Upload; answer: V.PublishedCourse }> };
  "/courses/{slug}": { get: Op<{ path: { slug: string }; answer: V.CoursePage }> };
  "/courses/{slug}/lessons/{n}": { get: Op<{ path: { slug: string; n: number }; answer: V.Lesson }> };
  "/courses/{slug}/lessons/{n}/read": {
    post: Op<{ path: { slug: string; n: number }; body: { revision: number }; answer: V.Progress }>;
  };
  "/courses/{slug}/assignments": {
    post: Op<{
      path: { slug: string };
      body: { unit_code?: string; employee_no?: string; due_on?: string; dry_run?: boolean };
      answer: V.Assigned;
    }>;
  };
  "/quizzes/{id}/attempts": { post: Op<{ path: { id: number }; answer: V.Attempt }> };
  "/attempts/{id}": { get: Op<{ path: { id: number }; answer: V.Attempt }> };
  "/attempts/{id}/answers/{item}": {
    put: Op<{ path: { id: number; item: number }; body: V.Answer; answer: { position: number; saved_at: string } }>;
  };
  "/attempts/{id}/submission": { post: Op<{ path: { id: number }; answer: V.Result }> };
  "/policies": { get: Op<{ query: Page & { q?: string; category?: string }; answer: V.Paged<V.PolicyLine> }>; post: Op<{ body: V.PolicyInput; answer: V.PublishedPolicy }> };
  "/policies/{code}": { get: Op<{ path: { code: string }; answer: V.Policy }> };
  "/policies/{code}/versions/{n}": { get: Op<{ path: Version; answer: V.PolicyText }> };
  "/policies/{code}/versions/{n}/acknowledgement": {
    post: Op<{ path: Version; body: { locale: string; text_sha256: string; statement_sha256: string }; answer: { acknowledged_at: string; statement: string; already: boolean } }>;
  };
  "/policies/{code}/versions/{n}/requests": {
    post: Op<{ path: Version; body: { unit_code: string; due_on?: string; dry_run?: boolean }; answer: V.Asked }>;
  };
  "/policies/{code}/versions/{n}/acknowledgements": { get: Op<{ path: Version; query: Page & { unit?: string }; answer: V.OutstandingPage }> };
  "/briefings": { get: Op<{ answer: V.List<V.BriefingLine> }>; post: Op<{ body: V.BriefingInput; answer: V.PublishedBriefing }> };
  "/briefings/{month}": { get: Op<{ path: { month: string }; answer: V.Briefing }> };
  "/briefings/{month}/read": { post: Op<{ path: { month: string }; body: { revision: number } }> };
  "/complaint-profiles": { get: Op<{ answer: V.List<V.ComplaintProfile> }> };
  "/complaints/imports": { post: Op<{ body: Upload; answer: V.ComplaintImport }> };
  "/complaints": { get: Op<{ query: Page & { state?: string; class?: string; q?: string; unit?: string }; answer: V.Paged<V.Complaint> }> };
  "/complaints/summary": { get: Op<{ query: { period: string }; answer: V.ComplaintSummary }> };
  "/complaints/{reference}/responsible-person": {
    put: Op<{ path: { reference: string }; body: { employee_no: string }; answer: { reference: string } }>;
  };
  "/units": { get: Op<{ answer: V.List<V.Unit> }> };
  "/people": { get: Op<{ query: Page & { q?: string; unit?: string }; answer: V.Paged<V.Person> }> };
  "/people/imports": { post: Op<{ body: Upload; answer: V.PeopleImport }> };
  "/people/{id}/roles": { get: Op<{ path: { id: number }; answer: V.List<V.GrantedRole> }>; post: Op<{ path: { id: number }; body: { role: V.RoleName; unit_code: string } }> };
  "/people/{id}/roles/{grant}": { delete: Op<{ path: { id: number; grant: number } }> };
  "/performance/scores": {
    get: Op<{ query: Page & { period: string; unit?: string; q?: string; everyone?: boolean; sort?: "employee_no" | "name" | "unit" }; answer: V.ScorePage }>;
  };
  "/performance/cards/{employee_no}": { get: Op<{ path: { employee_no: string }; query: { period: string }; answer: V.Card }> };
  "/records/certifications": {
    get: Op<{ query: Page & { as_of?: string; unit?: string; course?: string; state?: "valid" | "expired" | "revoked" | "none"; q?: string }; answer: V.CertificationPage }>;
  };
  "/audit/events": { get: Op<{ query: Page & { action?: string; subject?: string }; answer: V.Paged<V.AuditEvent> }> };
}
