import ts from "typescript"
import { AnchorMiss } from "../anchor-miss"
import type { FileTree } from "../checkout"
import { SourceEditor } from "../source-editor"
import { above, bare, isNamedMethod, isNamedVariable, propertyName } from "../tree"

export const HANDLER = "src/api/providers/bedrock.ts"

/** The provider: the tier goes into both calls, the usage is priced by what was served, a refusal is told. */
export function editBedrockHandler(tree: FileTree, upstreamTiers: boolean): SourceEditor {
	const editor = new SourceEditor(HANDLER, tree.read(HANDLER))
	const handler = editor.one(
		"the class AwsBedrockHandler",
		editor.tree,
		(node): node is ts.ClassDeclaration => ts.isClassDeclaration(node) && node.name?.text === "AwsBedrockHandler",
	)
	const method = (name: string) => editor.one(`the method ${name}`, handler, isNamedMethod(name))
	editStream(editor, method("createMessage"), upstreamTiers)
	editCompletion(editor, method("completePrompt"))
	editModel(editor, method("getModel"), upstreamTiers)
	editErrors(editor, method("createMessage"), method("formatErrorMessage"))
	if (upstreamTiers) removeUpstreamNames(editor)
	editor.addImport(
		'import { BedrockTierRequest, bedrockTierModelInfo, bedrockTierRefusal } from "./bedrock-service-tier"',
	)
	return editor
}

/** ConverseStream: the member in what is sent, and the cost in what is reported. */
function editStream(editor: SourceEditor, method: ts.MethodDeclaration, upstreamTiers: boolean): void {
	const model = modelVariable(editor, method)
	const payload = commandInput(editor, method, "ConverseStreamCommand")
	const declaration = above(payload, ts.isVariableStatement)
	if (!declaration) throw new AnchorMiss(editor.path, "the payload of ConverseStreamCommand", 0)
	const request = `const tierRequest = new BedrockTierRequest(this.options, ${model})`
	if (upstreamTiers) {
		const anchor = "the gate useServiceTier"
		const gate = editor.one(anchor, method, isNamedVariable("useServiceTier"))
		const log = editor.one(
			"the log line of the tier",
			method,
			(node): node is ts.IfStatement => ts.isIfStatement(node) && isName(node.expression, "useServiceTier"),
		)
		editor.replace(editor.statementOf(anchor, gate), request, { withComments: true })
		editor.removeStatement(log)
		editor.note("the gate by nine ids, and the log line that says a tier was sent", "become one tier request")
		const member = editor.one(
			"the dropped service_tier",
			payload,
			(node): node is ts.SpreadAssignment =>
				ts.isSpreadAssignment(node) && /\buseServiceTier\b/.test(editor.textOf(node)),
		)
		editor.replace(member, "...tierRequest.member", { withComments: true })
		editor.note("the member service_tier, which the SDK drops", "becomes serviceTier: { type }")
		replacePayloadType(editor, declaration)
	} else {
		editor.insertBefore(declaration, `${request}\n`)
		editor.appendProperty(payload, "...tierRequest.member")
		editor.note("the payload of ConverseStreamCommand", "gets serviceTier: { type }")
	}
	const reported = editor.one(
		"where the reported usage is read",
		method,
		(node): node is ts.IfStatement =>
			ts.isIfStatement(node) && editor.textOf(node.expression) === "streamEvent.metadata?.usage",
	)
	const chunk = editor.one(
		"the usage chunk",
		reported.thenStatement,
		(node): node is ts.ObjectLiteralExpression =>
			ts.isObjectLiteralExpression(node) && ts.isYieldExpression(node.parent),
	)
	editor.appendProperty(chunk, "...tierRequest.usage(streamEvent.metadata)")
	editor.note("the usage chunk", "gets the cost at the served tier")
}

/** Upstream's payload type with the wrong member gives way to the plain one. */
function replacePayloadType(editor: SourceEditor, declaration: ts.VariableStatement): void {
	const [variable] = declaration.declarationList.declarations
	const type = variable?.type
	const alias = editor.one(
		"the payload type with service_tier",
		editor.tree,
		(node): node is ts.TypeAliasDeclaration =>
			ts.isTypeAliasDeclaration(node) && node.name.text === "BedrockPayloadWithServiceTier",
	)
	if (!type || editor.textOf(type) !== alias.name.text)
		throw new AnchorMiss(editor.path, "the type of the payload", 0, "it is not the one with service_tier")
	editor.replace(declaration, `const ${editor.textOf(variable.name)}: BedrockPayload`, {
		withComments: true,
		through: type,
	})
	editor.removeStatement(alias)
	editor.note("the payload type with service_tier", "gone")
}

/** Converse: the member in what is sent. */
function editCompletion(editor: SourceEditor, method: ts.MethodDeclaration): void {
	const payload = commandInput(editor, method, "ConverseCommand")
	const model = modelVariable(editor, method)
	editor.appendProperty(payload, `...new BedrockTierRequest(this.options, ${model}).member`)
	editor.note("the payload of ConverseCommand", "gets serviceTier: { type }")
}

/** The model's description shows the prices of its tier. */
function editModel(editor: SourceEditor, method: ts.MethodDeclaration, upstreamTiers: boolean): void {
	const { body } = method
	const last = body?.statements.at(-1)
	if (!body || !last || !ts.isReturnStatement(last))
		throw new AnchorMiss(editor.path, "the last return of getModel", 0)
	const priced = "modelConfig.info = bedrockTierModelInfo(modelConfig.info, this.options, modelConfig.id)"
	const named = editor.all(body, isNamedVariable("modelConfig"))
	if (named.length !== 1) throw new AnchorMiss(editor.path, "the variable modelConfig of getModel", named.length)
	if (upstreamTiers) {
		const anchor = "the tier's base id in getModel"
		const base = editor.one(anchor, body, isNamedVariable("baseModelIdForTier"))
		const block = editor.one(
			"the price multiplier in getModel",
			body,
			(node): node is ts.IfStatement =>
				ts.isIfStatement(node) && /\bbaseModelIdForTier\b/.test(editor.textOf(node.expression)),
		)
		editor.replace(editor.statementOf(anchor, base), `// Each tier has prices of its own.\n${priced}`, {
			withComments: true,
		})
		editor.removeStatement(block)
		editor.note("the price multiplier in getModel", "becomes the tier's own prices")
	} else {
		editor.insertBefore(last, `// Each tier has prices of its own.\n${priced}\n`)
		editor.note("the end of getModel", "gets the tier's own prices")
	}
}

/**
 * A refused tier is told in our sentence. In a stream it is thrown before any chunk: after one, the host takes it for a
 * broken answer and asks again at once, and again, where only the person can mend it.
 */
function editErrors(editor: SourceEditor, stream: ts.MethodDeclaration, format: ts.MethodDeclaration): void {
	const model = modelVariable(editor, stream)
	const throttling = editor.one(
		"where a throttled request is thrown",
		stream,
		(node): node is ts.IfStatement =>
			ts.isIfStatement(node) && editor.textOf(node.expression) === 'errorType === "THROTTLING"',
	)
	editor.insertBefore(
		throttling,
		`const tierRefusal = bedrockTierRefusal(error, this.options, ${model}.id)
if (tierRefusal) throw Object.assign(new Error(tierRefusal), { status: 400 })
`,
	)
	const [firstOfFormat] = format.body?.statements ?? []
	if (!firstOfFormat) throw new AnchorMiss(editor.path, "the body of formatErrorMessage", 0)
	const refusal = "const tierRefusal = bedrockTierRefusal(error, this.options, this.getModel().id)"
	editor.insertBefore(firstOfFormat, `${refusal}\nif (tierRefusal) return tierRefusal\n`)
	editor.note("what is thrown, and what is said of errors", "a refused tier has a sentence of its own")
}

function removeUpstreamNames(editor: SourceEditor): void {
	const names = ["BedrockServiceTier", "BEDROCK_SERVICE_TIER_MODEL_IDS", "BEDROCK_SERVICE_TIER_PRICING"]
	editor.removeImports(...names)
	const isKey = (node: ts.Node): node is ts.ImportSpecifier =>
		ts.isImportSpecifier(node) && node.name.text === "SERVICE_TIER_KEY"
	if (editor.all(editor.tree, isKey).length > 0) editor.removeImports("SERVICE_TIER_KEY")
}

/** The variable that holds `this.getModel()`. */
function modelVariable(editor: SourceEditor, method: ts.MethodDeclaration): string {
	const variable = editor.one(
		`the model of ${editor.textOf(method.name)}`,
		method,
		(node): node is ts.VariableDeclaration & { name: ts.Identifier } =>
			ts.isVariableDeclaration(node) &&
			ts.isIdentifier(node.name) &&
			node.name.text === "modelConfig" &&
			node.initializer !== undefined &&
			editor.textOf(node.initializer) === "this.getModel()",
	)
	return variable.name.text
}

/** The object literal that a command is made with, in place or through one variable. */
function commandInput(editor: SourceEditor, method: ts.MethodDeclaration, command: string): ts.ObjectLiteralExpression {
	const creation = editor.one(
		`the ${command}`,
		method,
		(node): node is ts.NewExpression => ts.isNewExpression(node) && isName(node.expression, command),
	)
	const argument = creation.arguments?.[0]
	const expression =
		argument && ts.isIdentifier(argument)
			? editor.one(`the payload of ${command}`, method, isNamedVariable(argument.text)).initializer
			: argument
	const input = expression && bare(expression)
	if (!input || !ts.isObjectLiteralExpression(input))
		throw new AnchorMiss(editor.path, `the payload of ${command}`, 0, "it is no object literal")
	const names = input.properties.map(({ name }) => name && propertyName(name))
	if (!names.includes("modelId") || names.includes("serviceTier"))
		throw new AnchorMiss(editor.path, `the payload of ${command}`, 0, "it is not as expected")
	return input
}

function isName(node: ts.Node, name: string): boolean {
	return ts.isIdentifier(node) && node.text === name
}
