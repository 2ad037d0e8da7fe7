import ts from "typescript"

/** Questions about nodes that several edits ask. */

export function isNamedVariable(name: string): (node: ts.Node) => node is ts.VariableDeclaration {
	return (node): node is ts.VariableDeclaration =>
		ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.name.text === name
}

export function isNamedMethod(name: string): (node: ts.Node) => node is ts.MethodDeclaration {
	return (node): node is ts.MethodDeclaration =>
		ts.isMethodDeclaration(node) && ts.isIdentifier(node.name) && node.name.text === name && node.body !== undefined
}

export function isNamedInterface(name: string): (node: ts.Node) => node is ts.InterfaceDeclaration {
	return (node): node is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(node) && node.name.text === name
}

/** The nearest node above that passes. */
export function above<Found extends ts.Node>(
	node: ts.Node,
	passes: (node: ts.Node) => node is Found,
): Found | undefined {
	let parent = node.parent as ts.Node | undefined
	while (parent && !passes(parent)) parent = parent.parent as ts.Node | undefined
	return parent
}

/** An expression without `as`, `satisfies` and brackets around it. */
export function bare(node: ts.Expression): ts.Expression {
	return ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node)
		? bare(node.expression)
		: node
}

export function hasProperty(object: ts.ObjectLiteralExpression, name: string): boolean {
	return object.properties.some((property) => property.name !== undefined && propertyName(property.name) === name)
}

export function propertyName(name: ts.PropertyName): string | undefined {
	return ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isNumericLiteral(name) ? name.text : undefined
}
