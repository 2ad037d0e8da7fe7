import ts from "typescript"
import { AnchorMiss } from "../anchor-miss"
import type { FileTree } from "../checkout"
import { SourceEditor } from "../source-editor"
import { hasProperty, isNamedVariable, propertyName } from "../tree"

/** The files that may declare the settings of the Bedrock provider. */
const SETTINGS_FILES = [
	"packages/types/src/provider-settings/bedrock.ts",
	"packages/types/src/provider-settings.ts",
] as const
const FIELD = "awsBedrockServiceTier"
const STORED_TIERS = ["STANDARD", "FLEX", "PRIORITY"]

/**
 * Adds the settings field. A field that is already declared is not changed, but must have exactly the three stored
 * values: with any others, stored profiles would be dropped.
 * @returns `null` when nothing has to be changed
 */
export function editProviderSettings(tree: FileTree): SourceEditor | null {
	const path = SETTINGS_FILES.find((file) => tree.has(file)) ?? SETTINGS_FILES[1]
	const editor = new SourceEditor(path, tree.read(path))
	const declared = editor.findAll(
		editor.tree,
		(node): node is ts.PropertyAssignment => ts.isPropertyAssignment(node) && propertyName(node.name) === FIELD,
	)
	const [field] = declared
	if (field) {
		const values = editor.findAll(field, ts.isStringLiteral).map(({ text }) => text)
		if (declared.length > 1 || values.join() !== STORED_TIERS.join())
			throw new AnchorMiss(
				path,
				`the field ${FIELD}`,
				declared.length,
				`it holds other words: ${values.join(", ")}`,
			)
		return null
	}
	const schema = editor.findOne("the schema of the Bedrock settings", editor.tree, isNamedVariable("bedrockSchema"))
	const fields = editor.findOne(
		"the fields of the Bedrock settings",
		schema,
		(node): node is ts.ObjectLiteralExpression =>
			ts.isObjectLiteralExpression(node) && hasProperty(node, "awsRegion"),
	)
	const values = STORED_TIERS.map((value) => `"${value}"`).join(", ")
	editor.appendProperty(fields, `${FIELD}: z.enum([${values}]).optional()`)
	editor.addChange("the schema of the Bedrock settings", `gets the field ${FIELD}`)
	return editor
}
