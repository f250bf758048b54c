import { createBrowserRouter, type RouteObject } from "react-router";
import { Broken } from "./Broken";
import { Guard, Missing } from "./Guard";
import { rolesFor } from "./navigation";
import { type Load, often } from "./often";
import Shell from "./Shell";

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
          page("/", often.training),
          page("/courses", often.courses),
          page("/courses/:slug", often.course),
          page("/courses/:slug/lessons/:n", often.lesson),
          page("/courses/:slug/revisions", () => import("../courses/RevisionsPage")),
          page("/attempts/:id", often.attempt),
          page("/briefings", often.briefings),
          page("/briefings/:month", often.briefing),
          page("/policies", often.policies),
          page("/policies/:code", () => import("../policies/PolicyPage")),
          page("/policies/:code/versions/:n", often.policy),
          page("/policies/:code/versions/:n/changes", () => import("../policies/VersionChangesPage")),
          page("/certificates", often.certificates),
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
