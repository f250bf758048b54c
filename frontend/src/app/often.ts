import type { ComponentType } from "react";

/** Load brings the script of a page. */
export type Load = () => Promise<{ default: ComponentType }>;

/** often are the pages of every day: whoever has read one finds the next already there. */
export const often = {
  training: () => import("../training/TrainingPage"),
  courses: () => import("../courses/CataloguePage"),
  course: () => import("../courses/CoursePage"),
  lesson: () => import("../courses/LessonPage"),
  attempt: () => import("../quizzes/AttemptPage"),
  briefings: () => import("../briefings/BriefingsPage"),
  briefing: () => import("../briefings/BriefingPage"),
  policies: () => import("../policies/PoliciesPage"),
  policy: () => import("../policies/PolicyVersionPage"),
  certificates: () => import("../certificates/CertificatesPage"),
} satisfies Record<string, Load>;

/** bringOften loads the pages of every day one after another, when there is nothing else to do and the line is not to be spared. */
export function bringOften(): void {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- TypeScript does not know what only some browsers have
  const line = (navigator as { connection?: { saveData?: boolean } }).connection;
  if (line?.saveData || !("requestIdleCallback" in window)) return;
  const left = Object.values(often);
  const next = () => {
    const load = left.shift();
    if (load) void load().catch(() => undefined).then(() => requestIdleCallback(next)); // whoever opens it is told
  };
  requestIdleCallback(next);
}
