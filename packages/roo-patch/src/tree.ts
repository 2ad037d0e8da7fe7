import ts from "typescript"

/** Functions on syntax nodes that several edits use. */

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

/** Finds the nearest ancestor that matches. */
export function findAncestor<Found extends ts.Node>(
	node: ts.Node,
	matches: (node: ts.Node) => node is Found,
): Found | undefined {
	let parent = node.parent as ts.Node | undefined
	while (parent && !matches(parent)) parent = parent.parent as ts.Node | undefined
	return parent
}

/** Removes `as`, `satisfies` and parentheses around an expression. */
export function unwrapExpression(node: ts.Expression): ts.Expression {
	return ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node)
		? unwrapExpression(node.expression)
		: node
}

export function hasProperty(object: ts.ObjectLiteralExpression, name: string): boolean {
	return object.properties.some((property) => property.name !== undefined && propertyName(property.name) === name)
}

export function propertyName(name: ts.PropertyName): string | undefined {
	return ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isNumericLiteral(name) ? name.text : undefined
}

/** The text of the first argument; `undefined` when that is no string literal. */
export function firstStringArgument({ arguments: [first] }: ts.CallExpression): string | undefined {
	return first && ts.isStringLiteral(first) ? first.text : undefined
}
