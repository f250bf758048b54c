// The server's views by the names that the screens use. schema.d.ts is
// generated from the server's OpenAPI document by `npm run api`.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Locale = Schemas["Me"]["language"];
export type Texts = Partial<Record<Locale, string>>;
export type RoleName = "author" | "compliance" | "complaint_desk" | "hr" | "administrator" | "auditor";

export interface Paged<T> { items: T[]; next: string | null }

export type ProblemBody = Schemas["Problem"];
export type ProblemFault = Schemas["ProblemFault"];
export type Me = Schemas["Me"];
export type Person = Schemas["Person"];
export type PeopleImport = Schemas["ImportedPeople"];

export type Assignment = Schemas["Assignment"];
export type CourseCard = Schemas["CourseCard"];
export type CoursePage = Schemas["CoursePage"];
export type QuizCard = Schemas["QuizCard"];
export type Lesson = Schemas["Lesson"];
export type StaleCitation = Schemas["StaleCitation"];
export type Manuscript = Schemas["Manuscript"];
export type ManuscriptFile = Schemas["ManuscriptFile"];
export type LinkedCourse = Schemas["LinkedCourse"];
export type PublishedCourse = Schemas["Published"];

export type Attempt = Schemas["Attempt"];
export type Question = Schemas["Question"];
export type Answer = Schemas["AnswerDTO"];
export type Result = Schemas["Result"];
export type ItemResult = Schemas["ItemResult"];
export type QuizLine = Schemas["QuizLine"];
export type ItemInsight = Schemas["ItemInsightView"];
export type Regraded = Schemas["Regraded"];
export type Markable = Schemas["Markable"];
export type QuizConditions = Schemas["QuizConditions"];
export type Accommodation = Schemas["Accommodation"];
export type AttemptLine = Schemas["AttemptLine"];
export type Bank = Schemas["BankView"];
export type BankedItem = Schemas["BankedItem"];
export type BankImport = Schemas["BankImported"];
export type ItemEdition = Schemas["ItemEdition"];
export type ItemHistory = Schemas["ItemHistory"];

export type Certificate = Schemas["Certificate"];

export type BriefingLine = Schemas["BriefingCard"];
export type Briefing = Schemas["BriefingPage"];
export type BriefingText = Schemas["BriefingText"];
export type PlanAction = Schemas["PlanAction"];
export type StudyMeeting = Schemas["StudyMeeting"];
export type BoardMonth = Schemas["BoardMonth"];
export type CitedPolicy = Schemas["BriefingPolicy"];
export type PolicyLine = Schemas["PolicySummary"];
export type PolicyText = Schemas["PolicyText"];
export type RepealProposal = Schemas["RepealProposal"];
export type RepealEffect = Schemas["RepealEffect"];
export type CitedBy = Schemas["CitedBy"];
export type PolicyDraft = Schemas["PolicyDraft"];
export type PolicyContent = Schemas["PolicyContent"];
export type PolicyDifference = Schemas["PolicyDifference"];
export type ClausePair = Schemas["ClausePair"];
export type ClauseRun = Schemas["ClauseRun"];
export type Outstanding = Schemas["OutstandingPerson"];
export type OutstandingPage = Schemas["OutstandingPage"];

export type Complaint = Schemas["Complaint"];
export type ComplaintSummary = Schemas["ComplaintSummary"];
export type ComplaintProfile = Schemas["ComplaintProfile"];
export type ComplaintImport = Schemas["ImportedComplaints"];

export type Measure = Schemas["Measure"];
export type Card = Schemas["Card"];
export type CardCase = Schemas["CardCase"];
export type HeldCourse = Schemas["HeldCourse"];
export type StaffRecord = Schemas["StaffRecord"];
export type ScorePage = Schemas["ScorePage"];
export type Certification = Schemas["Certification"];
export type CertificationPage = Schemas["CertificationPage"];

export type Exposure = Schemas["Exposure"];
export type UnitExposure = Schemas["UnitExposure"];

export type Found = Schemas["Found"];
export type AuditEvent = Schemas["AuditEvent"];
