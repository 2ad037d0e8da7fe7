import ts from "typescript"
import type { FileTree } from "../checkout"
import { SourceEditor } from "../source-editor"
import { propertyName } from "../tree"
import { rootObject } from "./locales"

const MANIFEST = "src/package.json"
export const SDK = "@aws-sdk/client-bedrock-runtime"
/** The first release of the SDK with service tiers. */
const FIRST_WITH_TIERS = "3.934.0"
/** The last minor version that declares Node 18, Roo Code's own minimum; since 3.968 the SDK requires Node 20. */
export const SDK_RANGE = "~3.967.0"

/** @returns `null` when the range already starts at a release with tiers */
export function editSdkRange(tree: FileTree): SourceEditor | null {
	const editor = new SourceEditor(MANIFEST, tree.read(MANIFEST))
	const entry = editor.findOne(
		`the dependency ${SDK}`,
		rootObject(editor),
		(node): node is ts.PropertyAssignment & { initializer: ts.StringLiteral } =>
			ts.isPropertyAssignment(node) && propertyName(node.name) === SDK && ts.isStringLiteral(node.initializer),
	)
	const range = entry.initializer.text
	if (hasServiceTiers(range)) return null
	editor.replace(entry.initializer, JSON.stringify(SDK_RANGE))
	editor.addChange(`${SDK} ${range}, which drops service tiers`, `becomes ${SDK_RANGE}`)
	return editor
}

/** Whether a version, or the lowest version of a range, has service tiers. False for a range that cannot be parsed. */
export function hasServiceTiers(range: string): boolean {
	const [, version] = /^[\^~>=v\s]*(\d+\.\d+\.\d+)/.exec(range) ?? []
	return version !== undefined && version.localeCompare(FIRST_WITH_TIERS, "en", { numeric: true }) >= 0
}
