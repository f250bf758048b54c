import type { TFunction } from "i18next";
import type { RoleName } from "../api/views";

/** roleNames are the roles that can be granted. */
export const roleNames: RoleName[] = ["author", "compliance", "complaint_desk", "hr", "administrator", "auditor"];

/** roleText names a role; one that this client does not know keeps its code. */
export function roleText(t: TFunction, role: string): string {
  const known = roleNames.find((r) => r === role);
  return known ? t(`people.role_${known}`) : role;
}
