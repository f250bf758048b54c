// What the server answers, by hand in the shapes of the contract.

export type Locale = "zh-Hans" | "zh-Hant" | "en";
export type Texts = Partial<Record<Locale, string>>;
export type RoleName = "author" | "compliance" | "complaint_desk" | "hr" | "administrator" | "auditor";

export interface ProblemFault { code: string; message: string; file?: string; line?: number; column?: string; field?: string }
export interface ProblemBody {
  type: string; title: string; status: number; detail: string; code: string; request_id: string; errors?: ProblemFault[];
}
export interface List<T> { items: T[] }
export interface Paged<T> { items: T[]; next: string | null }

export interface About { name: string; version: string; demo: boolean }
export interface Me {
  person_id: number; employee_no: string; name: string;
  unit: { id: number; code: string; name: string };
  position: string; language: Locale; demo: boolean;
  roles: { id: number; role: string; unit_id: number; unit_name: string }[];
}
export interface Session { id: number; created_at: string; seen_at: string; user_agent: string; address: string; current: boolean }

export type AssignmentState = "not_started" | "in_progress" | "completed" | "overdue";
export interface Assignment {
  assignment_id: number;
  course: { slug: string; title: string; summary: string; category: string; minutes: number };
  cycle: number; reason: "unit" | "person" | "self"; assigned_at: string;
  due_on: string | null; days_left: number | null; state: AssignmentState;
  lessons_read: number; lessons_total: number; has_quiz: boolean; quiz_passed: boolean;
  completed_at: string | null; certificate_serial: string | null;
}
export interface CourseCard {
  slug: string; title: string; summary: string; category: string; minutes: number; revision: number;
  has_quiz: boolean; lessons_total: number; lessons_read: number; state: "none" | AssignmentState;
}
export interface QuizCard {
  id: number; items: number; pass_mark: number; attempts_limit: number | null; minutes: number | null;
  attempts_used: number; open_attempt_id: number | null; passed: boolean; best_percent: number | null;
}
export interface CoursePage {
  slug: string; title: string; summary: string; category: string; minutes: number; revision: number;
  published_at: string; valid_months: number | null;
  lessons: { n: number; title: string; read: boolean }[];
  assignment: Assignment | null; quiz: QuizCard | null; certificate_serial: string | null;
}
export interface Lesson {
  slug: string; course_title: string; n: number; total: number; title: string; html: string; locale: string;
  revision: number; minutes: number;
}
export interface Progress {
  lessons_read: number; lessons_total: number; quiz_passed: boolean; completed: boolean; certificate_serial: string | null;
}

export type ItemKind = "single_choice" | "multiple_choice" | "true_false" | "short_answer" | "numerical";
export interface Question {
  position: number; kind: ItemKind; html: string; locale: string; points: string;
  options: { id: number; html: string }[] | null;
}
export interface Answer { choice?: number; choices?: number[]; text?: string }
export interface ItemResult {
  position: number; status: "right" | "partly" | "wrong" | "blank"; earned: string; possible: string; feedback_html: string | null;
}
export interface Result {
  attempt_id: number; submitted_at: string; by_deadline: boolean; earned: string; possible: string; percent: number;
  passed: boolean; completed: boolean; certificate_serial: string | null; items: ItemResult[];
}
export interface Attempt {
  id: number; quiz_id: number; course: { slug: string; title: string }; number: number; started_at: string;
  deadline_at: string | null; server_now: string; submitted: boolean; pass_mark: number;
  items: Question[]; answers: Record<string, Answer>; result: Result | null;
}

export interface Certificate {
  serial: string; title: string; course_slug: string; cycle: number; issued_on: string; valid_until: string | null;
  state: "valid" | "expiring" | "expired" | "revoked"; pdf_url: string; verify_url: string;
}

export interface Measure {
  measure: "first_reply_timeliness" | "initial_feedback_timeliness" | "satisfaction";
  numerator: number | null; denominator: number; rate: number | null; lower: number | null; upper: number | null;
  target: number; target_basis: "published" | "organisation";
  verdict: "met" | "met_within_chance" | "missed_within_chance" | "missed" | "no_data" | "withheld";
  withheld: "too_few_cases" | "too_few_answers" | null; open: number;
}
export interface Training { assigned: number; completed: number; overdue: number; due: number; completed_on_time: number }
export interface Score {
  employee_no: string; name: string; unit_name: string; position: string; measures: Measure[];
  training: Training; certificates: { valid: number; expired: number };
}
export interface CardCase {
  reference: string; class: "general" | "complex"; stage: "first_reply" | "initial_feedback";
  received_at: string; due_at: string; done_at: string | null; state: "on_time" | "late" | "open";
  counted: boolean; satisfied: boolean | null;
}
export interface Card { period: string; as_of: string; score: Score; complaints: CardCase[] }
export interface HeldCourse {
  course_slug: string; course_title: string; cycle: number; due_on: string | null; completed_on: string | null;
  serial: string | null; valid_until: string | null; state: "valid" | "expired" | "revoked" | "none"; overdue: boolean;
}
export interface StaffRecord extends Score { held: HeldCourse[] }
export interface ScorePage extends Paged<StaffRecord> { period: string; as_of: string }
export interface Certification {
  employee_no: string; name: string; unit_name: string; position: string; course_slug: string; course_title: string;
  revision: number | null; cycle: number; assigned_on: string; due_on: string | null; completed_at: string | null;
  serial: string | null; issued_on: string | null; valid_until: string | null; revoked_on: string | null;
  state: "valid" | "expired" | "revoked" | "none"; earned: string | null; possible: string | null;
}
export interface CertificationPage extends Paged<Certification> { as_of: string }

export interface CitedPolicy { code: string; number: number; title: string; effective_from: string; acknowledged: boolean }
export interface BriefingLine {
  month: string; title: string; published_at: string; revision: number; read: boolean; policies: CitedPolicy[];
}
export interface Briefing extends BriefingLine { locale: string; changes_html: string; impact_html: string; plan_html: string }
export interface BriefingText { title: string; changes: string; impact: string; plan: string }
export interface BriefingInput {
  month: string; texts: Partial<Record<Locale, BriefingText>>; policies?: { code: string; number: number }[]; dry_run?: boolean;
}
export interface PublishedBriefing { month: string; revision: number; unchanged: boolean; dry_run: boolean }
export interface PolicyLine {
  code: string; title: string; category: string; issuer: string; owner: string; version: number; newest: number;
  effective_from: string | null; acknowledged_at: string | null; requested: boolean; due_on: string | null;
}
export interface Policy {
  code: string; title: string; issuer: string; category: string; owner: string; in_force: number; versions: PolicyVersionLine[];
}
export interface PolicyVersionLine {
  number: number; effective_from: string; in_force: boolean; note: string; sha256: string; languages: string[];
  published_at: string; acknowledged_at: string | null; requested: boolean; due_on: string | null;
}
export interface PolicyText {
  code: string; title: string; issuer: string; number: number; newest: number; effective_from: string; in_force: boolean;
  note: string; published_at: string; sha256: string; locale: string; languages: string[]; html: string;
  text_sha256: string; statement: string; statement_sha256: string; requested: boolean; due_on: string | null;
  acknowledged_at: string | null; accepted_statement: string | null;
}
export interface PolicyInput {
  code: string; titles: Texts; issuer?: string; category?: string; owner?: string; effective_from: string;
  notes?: Texts; texts: Texts; dry_run?: boolean;
}
export interface PublishedPolicy {
  code: string; number: number; new_policy: boolean; sha256: string; languages: string[];
  warnings: { message: string; file?: string; line?: number }[]; dry_run: boolean;
}
export interface Outstanding {
  employee_no: string; name: string; status: string; unit_name: string; position: string; requested_at: string; due_on: string | null; overdue: boolean;
}
export interface OutstandingPage extends Paged<Outstanding> {
  title: string; requested: number; acknowledged: number; waiting: number; overdue: number; gone: number;
}
export interface Asked { people: number; asked: number; already_asked: number; already_acknowledged: number; dry_run: boolean }

export interface PublishedCourse {
  slug: string; title: string; revision: number; unchanged: boolean; dry_run: boolean; lessons: number; items: number;
  languages: string[]; warnings: { message: string; file?: string; line?: number }[]; sha256: string;
}
export interface Assigned {
  assigned: number; already_assigned: number; dry_run: boolean;
  sample: { employee_no: string; name: string; unit_name: string }[];
}
export interface Unit { id: number; code: string; name: string; parent_id: number | null; path: string }

export interface ComplaintImport {
  rows_read: number; accepted: number; created: number; updated: number; unchanged: number; duplicates: number;
  dropped_columns: { column: string; filled: number }[]; unknown_columns: string[]; encoding: string; dry_run: boolean;
  preview: { reference: string; class: string; received_at: string; due_on: string | null; due_at: string | null; responsible: string | null }[];
  warnings: string[];
}
export interface Complaint {
  reference: string; class: "general" | "complex"; channel: string; product: string; cause: string; unit_name: string;
  received_at: string; due_at: string | null; due_on: string | null; done_at: string | null; state: "open" | "late" | "met";
  responsible: { employee_no: string; name: string } | null; satisfaction: number | null; beyond_calendar: boolean;
}
export interface ComplaintSummary {
  received: number; general: number; complex: number; met: number; late: number; open: number; unnamed: number;
  satisfied: number; answered: number; causes: { cause: string; count: number }[];
  calendar: { code: string; complete_until: string };
}
export interface ComplaintProfile {
  code: string; title: string; columns: { name: string; aliases: string[]; required: boolean; meaning: string }[];
}

export interface Person {
  id: number; employee_no: string; name: string; unit_name: string; position: string;
  status: "active" | "on_leave" | "left"; language: Locale;
}
export interface PeopleImport {
  rows_read: number; created: number; updated: number; unchanged: number; units_created: number; dry_run: boolean; encoding: string;
}
export interface GrantedRole { id: number; role: string; unit_id: number; unit_name: string; granted_at: string }
export interface AuditEvent {
  id: number; at: string; actor: { name: string; employee_no: string } | null; action: string; subject: string; data: unknown;
  request_id: string; sealed: boolean;
}
