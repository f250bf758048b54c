import app from "./app.json";
import audit from "./audit.json";
import banks from "./banks.json";
import briefings from "./briefings.json";
import certificates from "./certificates.json";
import complaints from "./complaints.json";
import courses from "./courses.json";
import people from "./people.json";
import performance from "./performance.json";
import policies from "./policies.json";
import quizzes from "./quizzes.json";
import records from "./records.json";
import search from "./search.json";
import training from "./training.json";

export default { app, audit, banks, briefings, certificates, complaints, courses, people, performance, policies, quizzes, records, search, training };
