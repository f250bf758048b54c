// What holds of the client's source. Each exception says why.
import { readdirSync } from "node:fs";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

// Every folder of src is a room, but for what all rooms stand on.
const shared = ["api", "app", "i18n", "ui"];
const rooms = readdirSync(new URL("src/", import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !shared.includes(entry.name))
  .map((entry) => entry.name);

/** closed forbids the files of a folder to import from some rooms. */
const closed = (folder, forbidden, message) => ({
  files: [`src/${folder}/**/*.{ts,tsx}`],
  rules: {
    "@typescript-eslint/no-restricted-imports": ["error", { patterns: [{ group: forbidden.flatMap((room) => [`**/../${room}`, `**/../${room}/**`]), message }] }],
  },
});

export default tseslint.config(
  { ignores: ["dist/", "screens/", "src/api/schema.d.ts"] },
  tseslint.configs.base,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.recommendedTypeChecked, reactHooks.configs.flat.recommended, jsxA11y.flatConfigs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    settings: { "jsx-a11y": { components: { "Input.TextArea": "textarea", Input: "input", Button: "button" } } },
    rules: {
      "@typescript-eslint/no-unsafe-type-assertion": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // Safari takes the role from a list without bullets; ours have none, so they name it.
      "jsx-a11y/no-redundant-roles": ["error", { ul: ["list"], ol: ["list"] }],
      // What scrolls sideways must be reached by keyboard (WCAG 2.1.1); it is a named region or group.
      "jsx-a11y/no-noninteractive-tabindex": ["error", { tags: [], roles: ["region", "group"] }],
      // The text of an option stands deeper in its label than the rule looks by itself.
      "jsx-a11y/label-has-associated-control": ["error", { depth: 4 }],
    },
  },
  { files: ["src/**/*.tsx"], rules: { "max-lines": ["error", 250] } }, // a longer component is two components
  {
    files: ["src/**/*.{ts,tsx}"],
    ignores: ["src/api/client.ts"],
    rules: { "no-restricted-globals": ["error", { name: "fetch", message: "Only api/client.ts fetches." }] },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    ignores: ["src/ui/saving.ts", "src/**/*.test.{ts,tsx}"],
    rules: {
      "no-restricted-syntax": ["error", { selector: "Identifier[name=/^(localStorage|sessionStorage)$/]", message: "Only ui/saving.ts asks the storage, which may be full or forbidden." }],
    },
  },
  {
    files: ["**/*.test.{ts,tsx}", "test/**"],
    rules: { "@typescript-eslint/require-await": "off" }, // a fake is as asynchronous as what it stands for
  },
  ...rooms.map((room) => closed(room, rooms.filter((other) => other !== room), "Rooms do not import each other: what several need lies in src/ui.")),
  ...["ui", "api", "i18n"].map((folder) => closed(folder, rooms, "What all rooms stand on knows none of them.")),
);
