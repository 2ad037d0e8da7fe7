/** Script that sets a flag when it runs. */
export const attack = "globalThis.attacked=true"
const remote = "https://remote.example"
/** Texts that would run a script, load something or break out of their element if they were not treated as text. */
export const HOSTILE_MARKDOWN: Readonly<Record<string, string>> = {
	"script elements": `<script>${attack}</script>\n\n<SCRIPT SRC=${remote}/a.js></SCRIPT>`,
	"an inline script element": `so <script>${attack}</script> it is`,
	"markup after a closed code fence": `\`\`\`"><img src=x onerror=${attack}>\n</code></pre><img src=x onerror=${attack}>\n\`\`\``,
	"event handlers": `<img src=x onerror="${attack}"><svg onload="${attack}"><body onload=${attack}><details open ontoggle=${attack}>`,
	"frames, objects and forms": `<iframe src="javascript:${attack}"></iframe><object data="${remote}/o"></object><form action="${remote}"><button>ok</button></form>`,
	"style, base and link elements": `<style>@import url(${remote}/s.css); * { display: none }</style><base href="${remote}/"><link rel=stylesheet href=${remote}/l.css>`,
	"a meta refresh": `<meta http-equiv="refresh" content="0;url=${remote}">`,
	"javascript: links": `[a](javascript:${attack}) [b](JaVaScRiPt:${attack}) [c](java&#115;cript:${attack}) [d](&#x6A;avascript:${attack}) [e](<javascript:${attack}>) <javascript:${attack}> [f](\tjavascript:${attack}) [g](javascript&colon;${attack})`,
	"links with other URL schemes": `[a](vbscript:x) [b](data:text/html,<script>${attack}</script>) [c](vscode://file/etc/passwd) [d](command:x) [e](file:///etc/passwd) [f](vscode-webview://x) [g](blob:x)`,
	"a link title that closes its attribute": `[a](https://a.example "x\\" onmouseover=\\"${attack}") [b](https://a.example/"onclick="${attack})`,
	"a URL that closes its attribute": `[a](https://a.example/?"><img/src=x/onerror=${attack}>) https://a.example/"><script>${attack}</script>`,
	"an image that closes its attribute": `![x" onerror="${attack}](${remote}/x.png) ![x](javascript:${attack}) ![<img src=x onerror=${attack}>](${remote}/y.png)`,
	"link reference definitions": `[x]\n\n[x]: javascript:${attack}\n[x"onload=${attack}]: ${remote}`,
	"a code language that closes its attribute": `\`\`\`js"onmouseover="${attack}\ncode\n\`\`\``,
	"table cells that close the table": `| <img src=x onerror=${attack}> | b |\n|--|--|\n| </td></table><script>${attack}</script> | [x](javascript:${attack}) |`,
	"character references that become tags": `&lt;img src=x onerror=${attack}&gt; &#60;script&#62;${attack}&#60;/script&#62;`,
	"comments, CDATA and processing instructions": `<!--><img src=x onerror=${attack}>--> <![CDATA[<img src=x onerror=${attack}>]]> <?php ${attack} ?>`,
	"names of Object.prototype members":
		"[__proto__]: https://a.example\n[constructor] [__proto__] [toString][hasOwnProperty]",
	"20,000 nested block quotes": `${">".repeat(20_000)} <img src=x onerror=${attack}>`,
	"400 nested lists": Array.from({ length: 400 }, (_, depth) => `${"  ".repeat(depth)}- x`).join("\n"),
	"2,000 nested emphases": `${"**a *b ".repeat(2_000)} x ${"* **".repeat(2_000)}`,
	"20,000 opening brackets": "[![".repeat(20_000),
	"50,000 underscores": "_a".repeat(50_000),
	"bidirectional override and control characters": `[safe\u202e${remote}](https://a.example) \u0000\u0007\ud800`,
	"template expressions": "{{constructor.constructor('attacked=true')()}} ${attacked=true} $t(app.chat) {{t}}",
}
