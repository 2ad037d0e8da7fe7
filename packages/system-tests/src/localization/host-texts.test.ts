import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import ts from "typescript"
import { describe, expect, it } from "vitest"
import manifest from "../../../../package.json"
import english from "../../../../webview-ui/src/locales/en.json"

/** The words of the manifest and of the host lie in files, where they can be translated. */

const root = join(import.meta.dirname, "../../../..")
const readJson = (file: string) => JSON.parse(readFileSync(join(root, file), "utf8")) as Record<string, string>

const ROOMS = ["src/app", "src/vscode", "src/api", "src/price-list", "packages/core/src", "packages/protocol/src"]

/** What is said to the model, to the one who programs with the parts, or in the terminal alone, which speaks English. */
const NOT_FOR_PEOPLE = [
	"packages/core/src/generated/",
	"src/api/providers/bedrock/converse/converse-messages.ts",
	"src/api/providers/bedrock/converse/converse-tools.ts",
	"src/api/providers/bedrock/converse/tool-schema.ts",
	"src/api/providers/bedrock/invoke-model/chat-completions-body.ts",
	"src/api/providers/bedrock/invoke-model/json.ts",
	"src/api/providers/bedrock/invoke-model/read-chunks.ts",
	"src/app/attachments/question-blocks.ts",
	"src/app/chat/background.ts",
	"src/app/chat/conversation.ts",
	"src/app/workspace-tools/",
	"src/price-list/data-folder.ts",
	"src/price-list/explain-price.ts",
	"src/price-list/model-names.ts",
	"src/price-list/price-file.ts",
]

function sources(room: string): string[] {
	return readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
		.filter((name) => name.endsWith(".ts") && !/\.test\.ts$|testing\//.test(name))
		.map((name) => `${room}/${name}`)
		.filter((file) => !NOT_FOR_PEOPLE.some((other) => file.startsWith(other)))
}

type Found = { readonly file: string; readonly text: string }

/** The sentences that `t` and `problem` are called with, and the texts beside them that read like sentences. */
function textsIn(file: string): { said: string[]; left: Found[] } {
	const said: string[] = []
	const left: Found[] = []
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node)) return
		if (
			ts.isCallExpression(node) &&
			ts.isIdentifier(node.expression) &&
			/^(t|problem)$/.test(node.expression.text)
		) {
			const [sentence, ...values] = node.arguments
			if (sentence && ts.isStringLiteralLike(sentence)) {
				said.push(sentence.text)
				values.forEach(visit)
				return
			}
		}
		const text = textOf(node)
		if (text !== null && /[a-z]{2,}[,;:]? ([a-z]{2,}|\{\})/i.test(text)) left.push({ file, text })
		ts.forEachChild(node, visit)
	}
	visit(ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest, true))
	return { said, left }
}

function textOf(node: ts.Node): string | null {
	if (ts.isStringLiteralLike(node)) return node.text
	if (!ts.isTemplateExpression(node)) return null
	return node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join("")
}

/** Names, notations, and what only a fault of the program brings to light. */
const NO_SENTENCES = [
	/^Bedrock Tiers\b/,
	/^(Amazon Bedrock|Roo Code|Mistral AI|Moonshot AI)$/,
	/^(img|font|style|script)-src /,
	/^<!DOCTYPE html>/,
	/^A chat's id is a UUID\.$/,
	/^Prices are kept by region code\.$/,
	/^Local demo \(emulator\)$/,
	// Of a tool call, to the model.
	/^(The call was not whole, so nothing was run|The person does not allow this any more)\.$/,
	/^A message holds a block of the kind "\{\}", which /,
]

const texts = [...ROOMS.flatMap(sources), "src/extension.ts"].map(textsIn)

describe("The host", () => {
	it("says no sentence that lies in code", () => {
		const left = texts.flatMap((file) => file.left)
		expect(left.filter(({ text }) => !NO_SENTENCES.some((pattern) => pattern.test(text)))).toEqual([])
	})
})

describe("l10n/bundle.l10n.json", () => {
	it("has every sentence that the host says, and no other", () => {
		const said = new Set(texts.flatMap((file) => file.said))
		expect(said.size).toBeGreaterThan(150)
		expect(Object.keys(readJson("l10n/bundle.l10n.json")).sort()).toEqual([...said].sort())
	})

	it("says in English what its keys say", () => {
		for (const [key, sentence] of Object.entries(readJson("l10n/bundle.l10n.json"))) expect(sentence).toBe(key)
	})
})

describe("webview-ui/src/locales/en.json", () => {
	it("has what is said of a field and of a model's id by its sentence, since the view says it too", () => {
		const files = [...sources("packages/protocol/src"), "packages/core/src/models/model-arn.ts"]
		const said = new Set(files.flatMap((file) => textsIn(file).said))
		expect(said.size).toBeGreaterThan(20)
		expect(Object.keys(english.sentence).sort()).toEqual([...said].sort())
		for (const [key, sentence] of Object.entries(english.sentence)) expect(sentence).toBe(key)
	})
})

describe("package.nls.json", () => {
	it("has every word of the manifest's contributions, and no other", () => {
		const { displayName, description, contributes } = manifest
		const asked = JSON.stringify([displayName, description, contributes]).matchAll(/%([\w.]+)%/g)
		const names = new Set([...asked].map(([, name]) => name))
		expect(Object.keys(readJson("package.nls.json")).sort()).toEqual([...names].sort())
	})

	it("leaves no title, name, text or category in the manifest", () => {
		const words: unknown[] = []
		JSON.stringify(manifest.contributes, (key, value: unknown) => {
			if (/^(title|name|category|description|altText)$/.test(key)) words.push(value)
			return value
		})
		expect(words.length).toBeGreaterThan(10)
		for (const word of words) expect(word).toMatch(/^%[\w.]+%$/)
	})
})
