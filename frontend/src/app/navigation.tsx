import {
  AuditOutlined, BarChartOutlined, BookOutlined, CheckSquareOutlined, CloudUploadOutlined, ContainerOutlined, DatabaseOutlined, EditOutlined, ExperimentOutlined, FieldTimeOutlined, FileProtectOutlined,
  FileTextOutlined, FundOutlined, HomeOutlined, IdcardOutlined, KeyOutlined, LinkOutlined, NotificationOutlined, ProfileOutlined, ReadOutlined,
  SafetyCertificateOutlined, SearchOutlined, SolutionOutlined, TeamOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";
import type { Me, RoleName } from "../api/views";
import { has } from "./me";

type GroupKey = "learning" | "compliance" | "desk" | "hr" | "administration";
type PlaceKey =
  | "training" | "courses" | "briefings" | "policies" | "certificates" | "performance" | "search" | "publish_courses" | "publish_policies"
  | "publish_briefings" | "acknowledgements" | "complaints" | "complaint_summary" | "complaint_import" | "scores" | "records"
  | "exposure" | "writing" | "quizzes" | "banks" | "citations" | "people" | "people_import" | "roles" | "audit";

interface Place { key: PlaceKey; to: string; icon: ReactNode; roles?: RoleName[] }
export interface Group { key: GroupKey; places: Place[] }

/** groups are every place one can go to, and who may; routes.tsx guards them by the same roles. */
const groups: Group[] = [
  {
    key: "learning",
    places: [
      { key: "training", to: "/", icon: <HomeOutlined /> },
      { key: "courses", to: "/courses", icon: <BookOutlined /> },
      { key: "briefings", to: "/briefings", icon: <NotificationOutlined /> },
      { key: "policies", to: "/policies", icon: <FileProtectOutlined /> },
      { key: "certificates", to: "/certificates", icon: <SafetyCertificateOutlined /> },
      { key: "performance", to: "/performance", icon: <FundOutlined /> },
      { key: "search", to: "/search", icon: <SearchOutlined /> },
    ],
  },
  {
    key: "compliance",
    places: [
      { key: "publish_courses", to: "/officer/courses", icon: <ReadOutlined />, roles: ["author", "compliance", "hr"] },
      { key: "writing", to: "/officer/writing", icon: <EditOutlined />, roles: ["author", "compliance"] },
      { key: "quizzes", to: "/officer/quizzes", icon: <ExperimentOutlined />, roles: ["author", "compliance", "hr", "auditor"] },
      { key: "banks", to: "/officer/banks", icon: <DatabaseOutlined />, roles: ["author", "compliance"] },
      { key: "publish_briefings", to: "/officer/briefings", icon: <FileTextOutlined />, roles: ["compliance"] },
      { key: "publish_policies", to: "/officer/policies", icon: <ContainerOutlined />, roles: ["author", "compliance", "auditor"] },
      { key: "citations", to: "/officer/citations", icon: <LinkOutlined />, roles: ["author", "compliance", "auditor"] },
      { key: "acknowledgements", to: "/officer/acknowledgements", icon: <CheckSquareOutlined />, roles: ["compliance", "hr", "auditor"] },
      { key: "exposure", to: "/officer/exposure", icon: <FieldTimeOutlined />, roles: ["compliance", "hr", "auditor"] },
    ],
  },
  {
    key: "desk",
    places: [
      { key: "complaints", to: "/desk/complaints", icon: <ProfileOutlined />, roles: ["complaint_desk", "compliance", "hr", "auditor"] },
      { key: "complaint_summary", to: "/desk/summary", icon: <BarChartOutlined />, roles: ["complaint_desk", "compliance", "hr", "auditor"] },
      { key: "complaint_import", to: "/desk/import", icon: <CloudUploadOutlined />, roles: ["complaint_desk"] },
    ],
  },
  {
    key: "hr",
    places: [
      { key: "scores", to: "/hr/performance", icon: <SolutionOutlined />, roles: ["hr", "auditor"] },
      { key: "records", to: "/hr/certifications", icon: <IdcardOutlined />, roles: ["hr", "auditor"] },
      { key: "people", to: "/hr/people", icon: <TeamOutlined />, roles: ["hr", "administrator", "auditor", "compliance", "complaint_desk"] },
      { key: "people_import", to: "/hr/people/import", icon: <CloudUploadOutlined />, roles: ["hr", "administrator"] },
    ],
  },
  {
    key: "administration",
    places: [
      { key: "roles", to: "/admin/roles", icon: <KeyOutlined />, roles: ["administrator", "auditor"] },
      { key: "audit", to: "/admin/audit", icon: <AuditOutlined />, roles: ["administrator", "auditor"] },
    ],
  },
];

/** groupsFor are the places that somebody may go to. */
export function groupsFor(me: Me): Group[] {
  return groups
    .map((g) => ({ ...g, places: g.places.filter((p) => !p.roles || has(me, ...p.roles)) }))
    .filter((g) => g.places.length > 0);
}

/** rolesFor are the roles that a place asks for, by its path. */
export function rolesFor(path: string): RoleName[] | undefined {
  for (const g of groups) for (const p of g.places) if (p.to === path) return p.roles;
  return undefined;
}
