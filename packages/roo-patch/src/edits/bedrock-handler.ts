import ts from "typescript"
import { AnchorMiss } from "../anchor-miss"
import type { FileTree } from "../checkout"
import { SourceEditor } from "../source-editor"
import { findAncestor, unwrapExpression, isNamedMethod, isNamedVariable, propertyName } from "../tree"

export const HANDLER = "src/api/providers/bedrock.ts"

/** Edits the provider: sends the tier in both calls, prices usage by the served tier, and reports a refused tier. */
export function editBedrockHandler(tree: FileTree, upstreamTiers: boolean): SourceEditor {
	const editor = new SourceEditor(HANDLER, tree.read(HANDLER))
	const handler = editor.findOne(
		"the class AwsBedrockHandler",
		editor.tree,
		(node): node is ts.ClassDeclaration => ts.isClassDeclaration(node) && node.name?.text === "AwsBedrockHandler",
	)
	const method = (name: string) => editor.findOne(`the method ${name}`, handler, isNamedMethod(name))
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

/** Edits the call of ConverseStream: adds the tier to the request and the cost to the usage chunk. */
function editStream(editor: SourceEditor, method: ts.MethodDeclaration, upstreamTiers: boolean): void {
	const model = modelVariable(editor, method)
	const payload = commandInput(editor, method, "ConverseStreamCommand")
	const declaration = findAncestor(payload, ts.isVariableStatement)
	if (!declaration) throw new AnchorMiss(editor.path, "the payload of ConverseStreamCommand", 0)
	const request = `const tierRequest = new BedrockTierRequest(this.options, ${model})`
	if (upstreamTiers) {
		const anchor = "the gate useServiceTier"
		const gate = editor.findOne(anchor, method, isNamedVariable("useServiceTier"))
		const log = editor.findOne(
			"the log line of the tier",
			method,
			(node): node is ts.IfStatement => ts.isIfStatement(node) && isName(node.expression, "useServiceTier"),
		)
		editor.replace(editor.statementOf(anchor, gate), request, { withComments: true })
		editor.removeStatement(log)
		editor.addChange("the gate by nine ids, and the log line that says a tier was sent", "become one tier request")
		const member = editor.findOne(
			"the dropped service_tier",
			payload,
			(node): node is ts.SpreadAssignment =>
				ts.isSpreadAssignment(node) && /\buseServiceTier\b/.test(editor.textOf(node)),
		)
		editor.replace(member, "...tierRequest.member", { withComments: true })
		editor.addChange("the member service_tier, which the SDK drops", "becomes serviceTier: { type }")
		replacePayloadType(editor, declaration)
	} else {
		editor.insertBefore(declaration, `${request}\n`)
		editor.appendProperty(payload, "...tierRequest.member")
		editor.addChange("the payload of ConverseStreamCommand", "gets serviceTier: { type }")
	}
	const reported = editor.findOne(
		"where the reported usage is read",
		method,
		(node): node is ts.IfStatement =>
			ts.isIfStatement(node) && editor.textOf(node.expression) === "streamEvent.metadata?.usage",
	)
	const chunk = editor.findOne(
		"the usage chunk",
		reported.thenStatement,
		(node): node is ts.ObjectLiteralExpression =>
			ts.isObjectLiteralExpression(node) && ts.isYieldExpression(node.parent),
	)
	editor.appendProperty(chunk, "...tierRequest.usage(streamEvent.metadata)")
	editor.addChange("the usage chunk", "gets the cost at the served tier")
}

/** Replaces upstream's payload type, which has the wrong member, with the plain type. */
function replacePayloadType(editor: SourceEditor, declaration: ts.VariableStatement): void {
	const [variable] = declaration.declarationList.declarations
	const type = variable?.type
	const alias = editor.findOne(
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
	editor.addChange("the payload type with service_tier", "gone")
}

/** Edits the call of Converse: adds the tier to the request. */
function editCompletion(editor: SourceEditor, method: ts.MethodDeclaration): void {
	const payload = commandInput(editor, method, "ConverseCommand")
	const model = modelVariable(editor, method)
	editor.appendProperty(payload, `...new BedrockTierRequest(this.options, ${model}).member`)
	editor.addChange("the payload of ConverseCommand", "gets serviceTier: { type }")
}

/** Edits getModel: puts the prices of the tier into the model's description. */
function editModel(editor: SourceEditor, method: ts.MethodDeclaration, upstreamTiers: boolean): void {
	const { body } = method
	const last = body?.statements.at(-1)
	if (!body || !last || !ts.isReturnStatement(last))
		throw new AnchorMiss(editor.path, "the last return of getModel", 0)
	const assignment = "modelConfig.info = bedrockTierModelInfo(modelConfig.info, this.options, modelConfig.id)"
	const modelVariables = editor.findAll(body, isNamedVariable("modelConfig"))
	if (modelVariables.length !== 1)
		throw new AnchorMiss(editor.path, "the variable modelConfig of getModel", modelVariables.length)
	if (upstreamTiers) {
		const anchor = "the tier's base id in getModel"
		const base = editor.findOne(anchor, body, isNamedVariable("baseModelIdForTier"))
		const block = editor.findOne(
			"the price multiplier in getModel",
			body,
			(node): node is ts.IfStatement =>
				ts.isIfStatement(node) && /\bbaseModelIdForTier\b/.test(editor.textOf(node.expression)),
		)
		editor.replace(editor.statementOf(anchor, base), `// Each tier has prices of its own.\n${assignment}`, {
			withComments: true,
		})
		editor.removeStatement(block)
		editor.addChange("the price multiplier in getModel", "becomes the tier's own prices")
	} else {
		editor.insertBefore(last, `// Each tier has prices of its own.\n${assignment}\n`)
		editor.addChange("the end of getModel", "gets the tier's own prices")
	}
}

/**
 * Gives a refused tier its own error message. In a stream, the error is thrown before any chunk: after a chunk, Roo
 * Code would treat it as an interrupted answer and retry at once, repeatedly, although only the user can correct it.
 */
function editErrors(editor: SourceEditor, stream: ts.MethodDeclaration, format: ts.MethodDeclaration): void {
	const model = modelVariable(editor, stream)
	const throttling = editor.findOne(
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
	const [firstStatement] = format.body?.statements ?? []
	if (!firstStatement) throw new AnchorMiss(editor.path, "the body of formatErrorMessage", 0)
	const refusal = "const tierRefusal = bedrockTierRefusal(error, this.options, this.getModel().id)"
	editor.insertBefore(firstStatement, `${refusal}\nif (tierRefusal) return tierRefusal\n`)
	editor.addChange("what is thrown, and what is said of errors", "a refused tier has a sentence of its own")
}

function removeUpstreamNames(editor: SourceEditor): void {
	const names = ["BedrockServiceTier", "BEDROCK_SERVICE_TIER_MODEL_IDS", "BEDROCK_SERVICE_TIER_PRICING"]
	editor.removeImports(...names)
	const isKey = (node: ts.Node): node is ts.ImportSpecifier =>
		ts.isImportSpecifier(node) && node.name.text === "SERVICE_TIER_KEY"
	if (editor.findAll(editor.tree, isKey).length > 0) editor.removeImports("SERVICE_TIER_KEY")
}

/** The name of the variable that holds `this.getModel()`. */
function modelVariable(editor: SourceEditor, method: ts.MethodDeclaration): string {
	const variable = editor.findOne(
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

/** The object literal from which a command is created, inline or through one variable. */
function commandInput(editor: SourceEditor, method: ts.MethodDeclaration, command: string): ts.ObjectLiteralExpression {
	const creation = editor.findOne(
		`the ${command}`,
		method,
		(node): node is ts.NewExpression => ts.isNewExpression(node) && isName(node.expression, command),
	)
	const argument = creation.arguments?.[0]
	const expression =
		argument && ts.isIdentifier(argument)
			? editor.findOne(`the payload of ${command}`, method, isNamedVariable(argument.text)).initializer
			: argument
	const input = expression && unwrapExpression(expression)
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
