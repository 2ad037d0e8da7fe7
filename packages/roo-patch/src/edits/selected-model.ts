import ts from "typescript"
import { AnchorMiss } from "../anchor-miss"
import type { FileTree } from "../checkout"
import { SourceEditor } from "../source-editor"
import { propertyName } from "../tree"

const HOOK = "webview-ui/src/components/ui/hooks/useSelectedModel.ts"

/** Maximum number of characters that fit on one line at that indentation. */
const MAX_LINE_LENGTH = 90

/** Edits the panel's description of the selected model: adds the prices of the selected tier. */
export function editSelectedModel(tree: FileTree): SourceEditor {
	const editor = new SourceEditor(HOOK, tree.read(HOOK))
	const clause = editor.findOne(
		'the case "bedrock"',
		editor.tree,
		(node): node is ts.CaseClause => ts.isCaseClause(node) && namesBedrock(node.expression),
	)
	const infos = editor
		.findAll(clause, ts.isReturnStatement)
		.flatMap(({ expression }) =>
			expression && ts.isObjectLiteralExpression(expression) ? [...expression.properties] : [],
		)
		.filter(({ name }) => name !== undefined && propertyName(name) === "info")
	if (infos.length === 0) throw new AnchorMiss(HOOK, 'what the case "bedrock" returns', 0)
	for (const info of infos) {
		const value = ts.isPropertyAssignment(info) ? editor.textOf(info.initializer) : "info"
		if (ts.isPropertyAssignment(info) && value.includes("\n")) {
			editor.wrap(info.initializer, "withBedrockTierPrices(", ", apiConfiguration)")
			continue
		}
		const short = `info: withBedrockTierPrices(${value}, apiConfiguration)`
		const long = `info: withBedrockTierPrices(\n\t${value},\n\tapiConfiguration,\n)`
		editor.replace(info, short.length > MAX_LINE_LENGTH ? long : short)
	}
	editor.addChange(`the ${infos.length} answers of the case "bedrock"`, "get the prices of the chosen tier")
	editor.addImport('import { withBedrockTierPrices } from "@roo-code/types"')
	return editor
}

/** `"bedrock"`, or a constant of that name. */
function namesBedrock(expression: ts.Expression): boolean {
	if (ts.isStringLiteral(expression)) return expression.text === "bedrock"
	return ts.isPropertyAccessExpression(expression) && expression.name.text === "bedrock"
}
