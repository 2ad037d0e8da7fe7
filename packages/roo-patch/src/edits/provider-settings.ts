import ts from "typescript"
import { AnchorMiss } from "../anchor-miss"
import type { FileTree } from "../checkout"
import { SourceEditor } from "../source-editor"
import { hasProperty, isNamedVariable, propertyName } from "../tree"

/** Where the settings of the Bedrock provider have been declared. */
const HOMES = ["packages/types/src/provider-settings/bedrock.ts", "packages/types/src/provider-settings.ts"] as const
const FIELD = "awsBedrockServiceTier"
const STORED_TIERS = ["STANDARD", "FLEX", "PRIORITY"]

/**
 * The settings field. Where it is already declared it stays as it is, but must hold exactly the three stored words: with
 * any other set, stored profiles would be dropped.
 * @returns null when nothing has to be changed
 */
export function editProviderSettings(tree: FileTree): SourceEditor | null {
	const path = HOMES.find((home) => tree.has(home)) ?? HOMES[1]
	const editor = new SourceEditor(path, tree.read(path))
	const declared = editor.all(
		editor.tree,
		(node): node is ts.PropertyAssignment => ts.isPropertyAssignment(node) && propertyName(node.name) === FIELD,
	)
	const [field] = declared
	if (field) {
		const words = editor.all(field, ts.isStringLiteral).map(({ text }) => text)
		if (declared.length > 1 || words.join() !== STORED_TIERS.join())
			throw new AnchorMiss(
				path,
				`the field ${FIELD}`,
				declared.length,
				`it holds other words: ${words.join(", ")}`,
			)
		return null
	}
	const schema = editor.one("the schema of the Bedrock settings", editor.tree, isNamedVariable("bedrockSchema"))
	const fields = editor.one(
		"the fields of the Bedrock settings",
		schema,
		(node): node is ts.ObjectLiteralExpression =>
			ts.isObjectLiteralExpression(node) && hasProperty(node, "awsRegion"),
	)
	const words = STORED_TIERS.map((word) => `"${word}"`).join(", ")
	editor.appendProperty(fields, `${FIELD}: z.enum([${words}]).optional()`)
	editor.note("the schema of the Bedrock settings", `gets the field ${FIELD}`)
	return editor
}
