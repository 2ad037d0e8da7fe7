import ts from "typescript"
import type { FileTree } from "../checkout"
import { SourceEditor } from "../source-editor"
import { firstStringArgument } from "../tree"
import { SDK } from "./package-json"

const SPEC = "src/api/providers/__tests__/bedrock.spec.ts"

/** Edits upstream's tests that assert the faulty behavior: they assert the correct behavior instead. */
export function editUpstreamTests(tree: FileTree): SourceEditor {
	const editor = new SourceEditor(SPEC, tree.read(SPEC))
	editMock(editor)
	const feature = editor.findOne("the tests of the tier feature", editor.tree, isDescribe("service tier feature"))
	for (const [stored, tier] of [
		["PRIORITY", "priority"],
		["FLEX", "flex"],
	]) {
		const assertion = editor.findOne(
			`the assertion that service_tier is ${stored}`,
			feature,
			(node): node is ts.CallExpression =>
				ts.isCallExpression(node) &&
				ts.isPropertyAccessExpression(node.expression) &&
				/^expect\(commandArg(\.service_tier|\[\w+\])\)\.toBe$/.test(editor.textOf(node.expression)) &&
				firstStringArgument(node) === stored,
		)
		editor.replace(assertion, `expect(commandArg.serviceTier).toEqual({ type: "${tier}" })`)
	}
	const absences = editor.findAll(
		feature,
		(node): node is ts.CallExpression =>
			ts.isCallExpression(node) &&
			/^expect\(commandArg(\.service_tier|\[\w+\])\)\.toBeUndefined$/.test(editor.textOf(node.expression)),
	)
	for (const absence of absences) editor.replace(absence, "expect(commandArg.serviceTier).toBeUndefined()")
	editor.addChange("tests that the SDK is given service_tier", "assert serviceTier: { type }, or its absence")
	const products = editor.findAll(
		feature,
		(node): node is ts.CallExpression =>
			ts.isCallExpression(node) &&
			ts.isPropertyAccessExpression(node.expression) &&
			node.expression.name.text === "toBe" &&
			node.arguments[0] !== undefined &&
			ts.isBinaryExpression(node.arguments[0]) &&
			editor.textOf(node.arguments[0].right) === "1.75",
	)
	for (const { expression } of products)
		if (ts.isPropertyAccessExpression(expression)) editor.replace(expression.name, "toBeCloseTo")
	if (products.length > 0)
		editor.addChange(
			"tests that a Priority price is 1.75 times another to the last binary digit",
			"assert it to two decimals",
		)
	return editor
}

/** Edits the mocked SDK: it gets an export that only an SDK with service tiers has. */
function editMock(editor: SourceEditor): void {
	const mock = editor.findOne(
		"the mock of the AWS SDK",
		editor.tree,
		(node): node is ts.CallExpression =>
			ts.isCallExpression(node) &&
			editor.textOf(node.expression) === "vi.mock" &&
			firstStringArgument(node) === SDK,
	)
	const names = editor.findOne(
		"the names of the mocked AWS SDK",
		mock,
		(node): node is ts.ObjectLiteralExpression =>
			ts.isObjectLiteralExpression(node) &&
			node.properties.some(({ name }) => name?.getText(editor.tree) === "ConverseStreamCommand"),
	)
	editor.appendProperty(names, "ServiceTierType: {}")
	editor.addChange("the mocked AWS SDK", "is one that has service tiers")
}

function isDescribe(title: string): (node: ts.Node) => node is ts.CallExpression {
	return (node): node is ts.CallExpression =>
		ts.isCallExpression(node) &&
		ts.isIdentifier(node.expression) &&
		node.expression.text === "describe" &&
		firstStringArgument(node) === title
}
