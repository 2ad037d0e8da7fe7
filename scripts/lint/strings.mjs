/** Reads strings of a syntax tree, for the rules in this folder. */

/** The text of a string or template literal, with `{}` for each expression in it; `undefined` for other nodes. */
export function textOf(node) {
	if (node?.type === "Literal" && typeof node.value === "string") return node.value
	if (node?.type === "TemplateLiteral") return node.quasis.map(({ value }) => value.cooked).join("{}")
	return undefined
}

/** The text of a literal, or of a constant that the same file initializes with a literal. */
export function constantText(node, sourceCode) {
	if (node?.type !== "Identifier") return textOf(node)
	const reference = sourceCode.getScope(node).references.find(({ identifier }) => identifier === node)
	const definition = reference?.resolved?.defs[0]
	return definition?.parent?.kind === "const" ? textOf(definition.node.init) : undefined
}

/** Whether the node is the English message of a call of `t`, `locale.t` or `l10n.t`: a literal without expressions. */
export function isMessage(node) {
	const { parent } = node
	return (
		parent.type === "CallExpression" &&
		isTranslate(parent.callee) &&
		parent.arguments[0] === node &&
		!(node.expressions?.length > 0)
	)
}

function isTranslate(callee) {
	if (callee.type === "Identifier") return callee.name === "t"
	if (callee.type !== "MemberExpression" || callee.property.name !== "t") return false
	const { object } = callee
	return /^(locale|l10n)$/.test(object.name ?? object.property?.name)
}
