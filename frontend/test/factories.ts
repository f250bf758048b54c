// Answers of the server, with everything that a test does not care about filled in.
import type { Manuscript, ManuscriptFile, Me, PolicyDraft } from "../src/api/views";

export const me = (over: Partial<Me> = {}): Me => ({
  demo: false, person_id: 1, employee_no: "E001", name: "Lin Ruoxi", language: "en", must_change_password: false, position: "Officer",
  unit: { code: "HQ", id: 1, name: "Head office" }, roles: [{ id: 1, role: "compliance", unit_id: 1, unit_name: "Head office" }], ...over,
});

export const manuscriptFile = (name: string, over: Partial<ManuscriptFile> = {}): ManuscriptFile => ({
  name, edition: 1, editor: "Li Yang", saved_at: "2026-11-02T08:00:00Z", size: 10, text: true, ...over,
});

export const manuscript = (over: Partial<Manuscript> = {}): Manuscript => ({
  slug: "manners", base: 0, opened_at: "2026-11-02T08:00:00Z", opened_by: "Li Yang", files: [manuscriptFile("course.md")], ...over,
});

export const policyDraft = (over: Partial<PolicyDraft> = {}): PolicyDraft => ({
  id: 7, code: "POL-1", edition: 3, state: "draft", number: 0, approver: "", editors: ["Li Yang"], material: null, mine: true, note: "",
  updated_at: "2026-11-02T08:00:00Z", updated_by: "Li Yang",
  content: { titles: { en: "Complaints" }, texts: { en: "Old words." }, notes: {}, questions: {}, issuer: "", category: "", owner: "", applies_to: "", effective_from: "2026-12-01", tier: 1 },
  ...over,
});
