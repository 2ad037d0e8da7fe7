import ts from "typescript"
import { AnchorMiss } from "../anchor-miss"
import type { FileTree } from "../checkout"
import type { Payload } from "../payload"
import { SourceEditor } from "../source-editor"
import { hasProperty } from "../tree"

const LOCALES = "webview-ui/src/i18n/locales"
const KEY = "bedrockTier"

/** Edits the settings translations: adds the texts of the payload under one key in every language. */
export function editLocales(tree: FileTree, { locales }: Payload): SourceEditor[] {
	return Object.entries(locales).map(([language, texts]) => {
		const path = `${LOCALES}/${language}/settings.json`
		const editor = new SourceEditor(path, tree.read(path))
		const root = rootObject(editor)
		if (hasProperty(root, KEY)) throw new AnchorMiss(path, `a free key "${KEY}"`, 0, "the key is taken")
		const unit = /\n([ \t]+)"/.exec(editor.text)?.[1] ?? "\t"
		editor.appendProperty(root, `"${KEY}": ${JSON.stringify(texts, null, unit)}`)
		editor.addChange("the settings' words", `get "${KEY}" in their language`)
		return editor
	})
}

export function rootObject(editor: SourceEditor): ts.ObjectLiteralExpression {
	const [statement] = editor.tree.statements
	if (statement && ts.isExpressionStatement(statement) && ts.isObjectLiteralExpression(statement.expression))
		return statement.expression
	throw new AnchorMiss(editor.path, "an object", 0)
}
