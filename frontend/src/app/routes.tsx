import type { ComponentType } from "react";
import { createBrowserRouter, type RouteObject } from "react-router";
import { Broken } from "./Broken";
import { Guard, Missing } from "./Guard";
import { rolesFor } from "./navigation";
import Shell from "./Shell";

type Load = () => Promise<{ default: ComponentType }>;

const page = (path: string, load: Load): RouteObject => ({ path, lazy: async () => ({ Component: (await load()).default }) });

// Staff pages ask for the roles of their place in the navigation.
const staff = (path: string, load: Load, place = path): RouteObject => ({
  path,
  lazy: async () => {
    const Found = (await load()).default;
    return { element: <Guard roles={rolesFor(place) ?? []}><Found /></Guard> };
  },
});

/** routes are every address of the client. Each page is its own chunk. */
const routes: RouteObject[] = [
  { path: "/sign-in", errorElement: <Broken />, lazy: async () => ({ Component: (await import("../people/SignInPage")).default }) },
  {
    element: <Shell />,
    errorElement: <Broken />,
    children: [
      {
        errorElement: <Broken />,
        children: [
          page("/", () => import("../training/TrainingPage")),
          page("/courses", () => import("../courses/CataloguePage")),
          page("/courses/:slug", () => import("../courses/CoursePage")),
          page("/courses/:slug/lessons/:n", () => import("../courses/LessonPage")),
          page("/courses/:slug/revisions", () => import("../courses/RevisionsPage")),
          page("/attempts/:id", () => import("../quizzes/AttemptPage")),
          page("/briefings", () => import("../briefings/BriefingsPage")),
          page("/briefings/:month", () => import("../briefings/BriefingPage")),
          page("/policies", () => import("../policies/PoliciesPage")),
          page("/policies/:code", () => import("../policies/PolicyPage")),
          page("/policies/:code/versions/:n", () => import("../policies/PolicyVersionPage")),
          page("/policies/:code/versions/:n/changes", () => import("../policies/VersionChangesPage")),
          page("/certificates", () => import("../certificates/CertificatesPage")),
          page("/performance", () => import("../performance/MyPerformancePage")),
          page("/search", () => import("../search/SearchPage")),
          page("/account", () => import("../people/AccountPage")),

          staff("/officer/courses", () => import("./PublishCoursePage")),
          staff("/officer/writing", () => import("../courses/WritingPage")),
          staff("/officer/writing/:slug", () => import("../courses/EditorPage"), "/officer/writing"),
          staff("/officer/quizzes", () => import("../quizzes/QuizzesPage")),
          staff("/officer/quizzes/:id", () => import("../quizzes/QuizDeskPage"), "/officer/quizzes"),
          staff("/officer/banks", () => import("../banks/BanksPage")),
          staff("/officer/banks/:code", () => import("../banks/BankPage"), "/officer/banks"),
          staff("/officer/banks/:code/import", () => import("../banks/ImportQuestionsPage"), "/officer/banks"),
          staff("/officer/banks/:code/items/:id", () => import("../banks/ItemPage"), "/officer/banks"),
          staff("/officer/citations", () => import("../policies/StalePage")),
          staff("/officer/briefings/:month/meeting", () => import("../briefings/MeetingPage"), "/officer/briefings"),
          staff("/officer/briefings", () => import("../briefings/PublishBriefingPage")),
          staff("/officer/policies", () => import("../policies/DraftsPage")),
          staff("/officer/policies/:id", () => import("../policies/DraftPage"), "/officer/policies"),
          staff("/officer/acknowledgements", () => import("../policies/AcknowledgementsPage")),
          staff("/officer/exposure", () => import("../records/ExposurePage")),
          staff("/desk/complaints", () => import("../complaints/ComplaintsPage")),
          staff("/desk/summary", () => import("../complaints/SummaryPage")),
          staff("/desk/import", () => import("../complaints/ImportPage")),
          staff("/hr/performance", () => import("../performance/ScoresPage")),
          staff("/hr/performance/:employee_no", () => import("../performance/PersonCardPage"), "/hr/performance"),
          staff("/hr/certifications", () => import("../records/CertificationsPage")),
          staff("/hr/people", () => import("../people/PeoplePage")),
          staff("/hr/people/import", () => import("../people/ImportPeoplePage")),
          staff("/admin/roles", () => import("../people/RolesPage")),
          staff("/admin/audit", () => import("../audit/AuditPage")),
          { path: "*", element: <Missing /> },
        ],
      },
    ],
  },
];

export const router = () => createBrowserRouter(routes);
