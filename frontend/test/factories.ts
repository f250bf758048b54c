// Answers of the server, with everything that a test does not care about filled in.
import type {
  BankImport, Briefing, ComplaintImport, CourseCard, ItemInsight, Manuscript, ManuscriptFile, Markable, Me, PeopleImport, PolicyDraft, Question, Regraded, StudyMeeting,
} from "../src/api/views";

export const me = (over: Partial<Me> = {}): Me => ({
  demo: false, person_id: 1, employee_no: "E001", login: "lin", name: "Lin Ruoxi", language: "en", must_change_password: false, position: "Officer",
  unit: { id: 1, code: "HQ", name: "Head office" }, roles: [{ role: "compliance", unit_id: 1, unit_name: "Head office" }], institution_roles: ["compliance"], ...over,
});

export const manuscriptFile = (name: string, over: Partial<ManuscriptFile> = {}): ManuscriptFile => ({
  name, edition: 1, editor: "Li Yang", saved_at: "2026-11-02T08:00:00Z", size: 10, text: true, ...over,
});

export const manuscript = (over: Partial<Manuscript> = {}): Manuscript => ({
  slug: "manners", base: 0, opened_at: "2026-11-02T08:00:00Z", opened_by: "Li Yang", files: [manuscriptFile("course.md")], newest: over.base ?? 0, theirs: [], both: [], ...over,
});

export const policyDraft = (over: Partial<PolicyDraft> = {}): PolicyDraft => ({
  id: 7, code: "POL-1", edition: 3, base: 2, newest: 2, state: "draft", number: 0, approver: "", approved_at: null, editors: ["Li Yang"], material: null, mine: true, writable: true, note: "",
  updated_at: "2026-11-02T08:00:00Z", updated_by: "Li Yang", repealed_from: null, repeal_waits: null,
  content: { titles: { en: "Complaints" }, texts: { en: "Old words." }, notes: {}, questions: {}, issuer: "", category: "", owner: "", applies_to: "", effective_from: "2026-12-01", tier: 1 },
  ...over,
});

export const courseLine = (over: Partial<CourseCard> = {}): CourseCard => ({
  slug: "complaints", title: "Handling complaints", summary: "", category: "", tags: [], minutes: 30, revision: 1, has_quiz: true, lessons_read: 0, lessons_total: 4, state: "none", ...over,
});

export const complaintImport = (over: Partial<ComplaintImport> = {}): ComplaintImport => ({
  dry_run: true, profile: "anwen", encoding: "UTF-8", rows_read: 3, accepted: 3, created: 2, updated: 1, unchanged: 0, duplicates: 0, beyond_calendar: 0,
  dropped_columns: [], unknown_columns: [], rows_above: [], other_sheets: [], changes: [], changes_left_off: 0, preview: [], ...over,
});

export const peopleImport = (over: Partial<PeopleImport> = {}): PeopleImport => ({
  dry_run: true, encoding: "UTF-8", rows_read: 3, created: 2, updated: 1, unchanged: 0, units_created: 0, units_kept: [],
  unknown_columns: [], rows_above: [], other_sheets: [], changes: [], changes_left_off: 0, preview: [], ...over,
});

export const bankImport = (over: Partial<BankImport> = {}): BankImport => ({
  dry_run: true, created: 0, changed: 0, unchanged: 0, standing: "", text: "", faults: [], fault_count: over.faults?.length ?? 0, duplicates: [],
  questions: [{ name: "so", kind: "true_false", html: "<p>Is it so?</p>", line: 1, called: "", version: 0, older: 0, dropped: [], warnings: [] }], ...over,
});

export const briefing = (over: Partial<Briefing> = {}): Briefing => ({
  key: "2026-12", month: "2026-12", title: "December", unit_name: "", revision: 1, published_at: "2026-12-01T08:00:00Z", locale: "en", read: false, policies: [], questions: [],
  changes_html: "<p>Their change.</p>", impact_html: "", plan_html: "", changeable: true, ...over,
});

export const meeting = (over: Partial<StudyMeeting> = {}): StudyMeeting => ({
  held: false, number: 0, revision: 1, held_at: null, place: "", chair: "", recorder: "", notes_html: "", mine: "", room: 0, remote: 0, later: 0, absent: 0, attended: [],
  published_at: null, published_by: "", ...over,
});

const question: Question = {
  kind: "essay", position: 1, html: "<p>Why?</p>", locale: "en", points: "5", case: 0, section: "", criteria: [], gaps: [], options: null, units: [], unit_counts: false,
};

export const essay = (over: Partial<Markable> = {}): Markable => ({
  attempt_id: 40, position: 1, question, answer: "Because.", guide_html: null, marked: false, markers: 1, others: [], standing: "unmarked", submitted_at: "2026-11-02T08:00:00Z", ...over,
});

export const itemInsight = (over: Partial<ItemInsight> = {}): ItemInsight => ({
  version_id: 31, version: 2, name: "hours", kind: "single_choice", locale: "en", html: "<p>How many hours?</p>", asked: 40, blank: 0, facility: 0.5, discrimination: 0.3,
  exposure: 1, flags: [], options: [], since: { before: null, after: null, difference: null, low: null, high: null, m: 0, n: 0, verdict: "too_few" }, ...over,
});

export const regraded = (over: Partial<Regraded> = {}): Regraded => ({
  dry_run: true, asked: 40, own: 0, open: 0,
  affected: [{ attempt_id: 40, name: "Li Yang", employee_no: "E100", earned_before: "3", possible_before: "5", earned_after: "4", possible: "5", passed_before: false, passed_after: true }], ...over,
});

/** people are the members of staff that a picker finds. */
export const people = (...names: string[]) => ({
  items: names.map((name, i) => ({ id: i + 1, employee_no: `E10${i}`, name, position: "", status: "active", unit_name: "Head office", language: "en" })), next: null,
});

export const units = () => ({ items: [{ id: 1, code: "HQ", name: "Head office", parent_id: null, path: "HQ" }] });
