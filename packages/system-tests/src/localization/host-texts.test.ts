import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import ts from "typescript"
import { describe, expect, it } from "vitest"
import manifest from "../../../../package.json"
import english from "../../../../webview-ui/src/locales/en.json"

/** Texts of the manifest and of the extension host are in resource files, where they can be translated. */

const root = join(import.meta.dirname, "../../../..")
const readJson = (file: string) => JSON.parse(readFileSync(join(root, file), "utf8")) as Record<string, string>

const SOURCE_FOLDERS = [
	"src/app",
	"src/vscode",
	"src/api",
	"src/price-list",
	"packages/core/src",
	"packages/protocol/src",
]

/** Texts for the model, for developers, or for the terminal only, which is not translated. */
const UNTRANSLATED = [
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

function listSources(folder: string): string[] {
	return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
		.filter((name) => name.endsWith(".ts") && !/\.test\.ts$|testing\//.test(name))
		.map((name) => `${folder}/${name}`)
		.filter((file) => !UNTRANSLATED.some((prefix) => file.startsWith(prefix)))
}

type LiteralText = { readonly file: string; readonly text: string }

/** @returns the texts that `t` and `problem` are called with, and all other string literals that look like sentences */
function findTexts(file: string): { translatable: string[]; others: LiteralText[] } {
	const translatable: string[] = []
	const others: LiteralText[] = []
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node)) return
		if (
			ts.isCallExpression(node) &&
			ts.isIdentifier(node.expression) &&
			/^(t|problem)$/.test(node.expression.text)
		) {
			const [message, ...values] = node.arguments
			if (message && ts.isStringLiteralLike(message)) {
				translatable.push(message.text)
				values.forEach(visit)
				return
			}
		}
		const text = textOf(node)
		if (text !== null && /[a-z]{2,}[,;:]? ([a-z]{2,}|\{\})/i.test(text)) others.push({ file, text })
		ts.forEachChild(node, visit)
	}
	visit(ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest, true))
	return { translatable, others }
}

function textOf(node: ts.Node): string | null {
	if (ts.isStringLiteralLike(node)) return node.text
	if (!ts.isTemplateExpression(node)) return null
	return node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join("")
}

/** Names, notations, and messages that only a programming error can show. */
const NOT_TRANSLATABLE = [
	/^Bedrock Tiers\b/,
	/^(Amazon Bedrock|Roo Code|Mistral AI|Moonshot AI)$/,
	/^(img|font|style|script)-src /,
	/^<!DOCTYPE html>/,
	/^A chat's id is a UUID\.$/,
	/^Prices are kept by region code\.$/,
	/^Local demo \(emulator\)$/,
	// Results of a tool call, for the model.
	/^(The call was not whole, so nothing was run|The person does not allow this any more)\.$/, // cspell:disable-line
	/^A message holds a block of the kind "\{\}", which /,
]

const texts = [...SOURCE_FOLDERS.flatMap(listSources), "src/extension.ts"].map(findTexts)

describe("Extension host", () => {
	it("contains no user-visible text outside calls of `t` and `problem`", () => {
		const others = texts.flatMap((file) => file.others)
		expect(others.filter(({ text }) => !NOT_TRANSLATABLE.some((pattern) => pattern.test(text)))).toEqual([])
	})
})

describe("l10n/bundle.l10n.json", () => {
	it("contains exactly the texts that the extension host passes to `t` and `problem`", () => {
		const translatable = new Set(texts.flatMap((file) => file.translatable))
		expect(translatable.size).toBeGreaterThan(150)
		expect(Object.keys(readJson("l10n/bundle.l10n.json")).sort()).toEqual([...translatable].sort())
	})

	it("maps every key to itself", () => {
		for (const [key, text] of Object.entries(readJson("l10n/bundle.l10n.json"))) expect(text).toBe(key)
	})
})

describe("webview-ui/src/locales/en.json", () => {
	it("contains exactly the validation messages of fields and model ids, which the webview shows too", () => {
		const files = [...listSources("packages/protocol/src"), "packages/core/src/models/model-arn.ts"]
		const translatable = new Set(files.flatMap((file) => findTexts(file).translatable))
		expect(translatable.size).toBeGreaterThan(20)
		expect(Object.keys(english.sentence).sort()).toEqual([...translatable].sort())
		for (const [key, text] of Object.entries(english.sentence)) expect(text).toBe(key)
	})
})

describe("package.nls.json", () => {
	it("contains exactly the placeholders of the manifest", () => {
		const { displayName, description, contributes } = manifest
		const placeholders = JSON.stringify([displayName, description, contributes]).matchAll(/%([\w.]+)%/g)
		const names = new Set([...placeholders].map(([, name]) => name))
		expect(Object.keys(readJson("package.nls.json")).sort()).toEqual([...names].sort())
	})

	it("replaces every title, name, category, description and alternative text of the manifest", () => {
		const values: unknown[] = []
		JSON.stringify(manifest.contributes, (key, value: unknown) => {
			if (/^(title|name|category|description|altText)$/.test(key)) values.push(value)
			return value
		})
		expect(values.length).toBeGreaterThan(10)
		for (const value of values) expect(value).toMatch(/^%[\w.]+%$/)
	})
})
