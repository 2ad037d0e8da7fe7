import { attack, HOSTILE_MARKDOWN } from "@bedrock-tiers/test-kit/samples/hostile-markdown"

/** Texts for answers, reasoning, prompts and tool results. */
export const HOSTILE_TEXTS = {
	...HOSTILE_MARKDOWN,
	"SVG and MathML": `<svg><script>${attack}</script><animate onbegin=${attack} attributeName=x dur=1s></svg><math><mtext><img src=x onerror=${attack}></mtext><maction actiontype="statusline#x" xlink:href="javascript:${attack}">x</maction></math>`,
	"vbscript and data": `[a](vbscript:${attack}) <vbscript:x> [b](data:text/html;base64,PHNjcmlwdD5hPC9zY3JpcHQ+) ![c](data:image/svg+xml,<svg/onload=${attack}>)`,
	"control characters in URLs": `<java\u0001script:${attack}> <https://a.example/\u0000\u001f> [x](java\u0009script:${attack}) [y](\u0001javascript:${attack}) [z](java\u00adscript:${attack}) https://a.example/\u202e\u2066gnp.exe`,
	"bidirectional overrides and thousands of combining marks": `\u202e\u2067 gro.elpmaxe//:sptth [\u202epayment](https://a.example) ${"Z\u0303\u0317\u0330".repeat(500)} z${"\u0351".repeat(5_000)}`,
	"a line of 1 MB": `${"x".repeat(500_000)}<img src=x onerror=${attack}>${"y".repeat(500_000)}`,
	"10,000 nested block quotes": `${"> ".repeat(10_000)}<img src=x onerror=${attack}>`,
	"10,000 nested lists": `${"- ".repeat(10_000)}<img src=x onerror=${attack}>`,
	"a huge table": `| ${"a | ".repeat(200)}\n|${"--|".repeat(200)}\n${`| ${`<img src=x onerror=${attack}> | `.repeat(20)}\n`.repeat(200)}`,
	"200 remote images": Array.from(
		{ length: 200 },
		(_, n) => `![${n}](https://remote.example/${n}.png) <img src="https://remote.example/t${n}.gif">`,
	).join("\n"),
	"styles that cover the webview": `<div style="position:fixed;inset:0;z-index:99999;background:red">x</div><style>*{position:fixed}</style>\n\n<div class="error-bar" id="root">x</div>`,
	"links to commands": `[a](command:workbench.action.terminal.new) <command:bedrock-tiers.open> [b](COMMAND:x) [c](vscode:extension/x) command:workbench.action.quit`,
} as const

/** For names and messages. */
export const HOSTILE_NAME = `"><img src=x onerror=${attack}><script>${attack}</script>\u202e$(alert) {{t}} \${1} [a](javascript:${attack}) <a href="command:x">`
