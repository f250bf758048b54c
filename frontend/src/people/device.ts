const browsers: [RegExp, string][] = [
  [/MicroMessenger\//, "WeChat"], [/DingTalk\//, "DingTalk"], [/Edg(e|A|iOS)?\//, "Edge"], [/OPR\//, "Opera"], [/(Firefox|FxiOS)\//, "Firefox"], [/(Chrome|CriOS)\//, "Chrome"], [/Version\/.*Safari\//, "Safari"],
];
const systems: [RegExp, string][] = [
  [/iPhone|iPad/, "iOS"], [/OpenHarmony|HarmonyOS/, "HarmonyOS"], [/Android/, "Android"], [/Windows/, "Windows"], [/Mac OS X/, "macOS"], [/Linux/, "Linux"],
];
const named = (list: [RegExp, string][], text: string) => list.find(([mark]) => mark.test(text))?.[1];

/** deviceOf is what people call the browser that sends this text, and what it runs on; "" when neither is known. */
export function deviceOf(userAgent: string): string {
  return [named(browsers, userAgent), named(systems, userAgent)].filter(Boolean).join(" · ");
}
