import ts from "typescript"
import { AnchorMiss } from "./anchor-miss"
import { applyEdits, type TextEdit } from "./text-edit"

/** What an edit found and what it changes, for the plan's table. */
export type PlannedChange = { readonly found: string; readonly change: string }

export type ReplaceOptions = {
	/** Takes the comments above the node too. */
	readonly withComments?: boolean
	/** Takes all from the node through this one. */
	readonly through?: ts.Node
}

const AFTER = "the file after the edits"

/**
 * One TypeScript, TSX or JSON file with the edits that are planned for it. Places are found in the syntax tree; what is
 * inserted takes the indentation of its place and the line ends of the file.
 */
export class SourceEditor {
	readonly tree: ts.SourceFile
	readonly changes: PlannedChange[] = []
	readonly #edits: TextEdit[] = []
	readonly #lineEnd: string

	constructor(
		readonly path: string,
		readonly text: string,
	) {
		this.tree = parse(path, text)
		this.#lineEnd = /\r?\n/.exec(text)?.[0] ?? "\n"
		this.#mustParse(this.tree, "the file as it is")
	}

	get edits(): readonly TextEdit[] {
		return this.#edits
	}

	/** The text after the edits; throws where it would no longer parse, or where they come too close to one another. */
	result(): string {
		const text = applyEdits(this.text, this.#edits)
		if (text === null) throw new AnchorMiss(this.path, AFTER, 0, "two edits overlap")
		this.#mustParse(parse(this.path, text), AFTER)
		return text
	}

	note(found: string, change: string): void {
		this.changes.push({ found, change })
	}

	/** The one node inside `within` that passes; the node itself is not among those asked. */
	one<Found extends ts.Node>(anchor: string, within: ts.Node, passes: (node: ts.Node) => node is Found): Found {
		const found = this.all(within, passes)
		const [only] = found
		if (only === undefined || found.length > 1) throw new AnchorMiss(this.path, anchor, found.length)
		return only
	}

	all<Found extends ts.Node>(within: ts.Node, passes: (node: ts.Node) => node is Found): Found[] {
		const found: Found[] = []
		const visit = (node: ts.Node): void => {
			if (passes(node)) found.push(node)
			ts.forEachChild(node, visit)
		}
		ts.forEachChild(within, visit)
		return found
	}

	textOf(node: ts.Node): string {
		return node.getText(this.tree)
	}

	/** New lines before a statement or element, above its comments. */
	insertBefore(node: ts.Node, lines: string): void {
		const start = this.#withComments(node)
		this.#add(start, start, `${this.#fit(lines, this.#indentAt(start))}${this.#lineEnd}${this.#indentAt(start)}`)
	}

	/** New lines after a statement or element, and after a comment that ends its line. */
	insertAfter(node: ts.Node, lines: string): void {
		const end = this.#endOfLine(node.getEnd())
		const indent = this.#indentAt(node.getStart(this.tree))
		// What else stands on that line gets one of its own.
		const gap = /^[ \t]*(?=[^ \t\r\n])/.exec(this.text.slice(end))?.[0]
		const rest = gap === undefined ? "" : this.#lineEnd + indent
		this.#add(end, end + (gap?.length ?? 0), `${this.#lineEnd}${indent}${this.#fit(lines, indent)}${rest}`)
	}

	/** Puts something before and after a node, which stays as it is. */
	wrap(node: ts.Node, before: string, after: string): void {
		const [start, end] = [node.getStart(this.tree), node.getEnd()]
		if (before !== "") this.#add(start, start, before)
		this.#add(end, end, after)
	}

	/** Puts other lines in the place of a node. */
	replace(node: ts.Node, lines: string, { withComments = false, through = node }: ReplaceOptions = {}): void {
		const start = withComments ? this.#withComments(node) : node.getStart(this.tree)
		this.#add(start, through.getEnd(), this.#fit(lines, this.#indentAt(start)))
	}

	/** Takes a whole statement away, with its comments and its line, and with a blank line where two would be left. */
	removeStatement(node: ts.Node): void {
		const start = this.#withComments(node)
		const end = this.#endOfLine(node.getEnd())
		const lineStart = this.text.lastIndexOf("\n", start - 1) + 1
		const lineEnd = /^[ \t]*(?:\r?\n|$)/.exec(this.text.slice(end))?.[0]
		if (lineEnd === undefined || this.text.slice(lineStart, start).trim() !== "") return this.#add(start, end, "")
		const [above, below] = [this.text.slice(0, lineStart), this.text.slice(end + lineEnd.length)]
		if (below.trim() === "") {
			// At the end of the file the blank lines are those above.
			const blank = /(?:\r?\n[ \t]*)+$/.exec(above)?.[0] ?? ""
			return this.#add(lineStart - blank.length, this.text.length, blank === "" ? "" : this.#lineEnd)
		}
		const isAfterBlank = /(?:^|[{(]|\n)[ \t]*\r?\n$|^$/.test(above)
		const blank = isAfterBlank ? (/^[ \t]*\r?\n/.exec(below)?.[0] ?? "") : ""
		this.#add(lineStart, end + lineEnd.length + blank.length, "")
	}

	/** Takes elements out of a list that is separated by commas, each with the comment behind it. */
	removeElements(nodes: readonly ts.Node[], list: ts.NodeArray<ts.Node>): void {
		const kept = list.filter((element) => !nodes.includes(element))
		for (const node of nodes) {
			const previous = list[list.indexOf(node) - 1]
			const start = previous ? (this.#afterComma(previous) ?? previous.getEnd()) : list.pos
			this.#add(this.#endOfLine(start), this.#endOfLine(this.#afterComma(node) ?? node.getEnd()), "")
		}
		const last = kept.at(-1)
		const comma = last && this.#afterComma(last)
		if (comma && !list.hasTrailingComma && last !== list.at(-1)) this.#add(comma - 1, comma, "")
	}

	/** A last property of an object literal, on a line of its own. */
	appendProperty(object: ts.ObjectLiteralExpression, lines: string): void {
		const { properties: list } = object
		const last = list.at(-1)
		if (!last) throw new AnchorMiss(this.path, "an object to add to", 0, "it is empty")
		const end = list.hasTrailingComma ? list.end : last.getEnd()
		if (!list.hasTrailingComma) this.#add(end, end, ",")
		const at = this.#endOfLine(end)
		const indent = this.#indentAt(last.getStart(this.tree))
		const comma = list.hasTrailingComma ? "," : ""
		this.#add(at, at, `${this.#lineEnd}${indent}${this.#fit(lines, indent)}${comma}`)
	}

	/** An import after the last one. */
	addImport(statement: string): void {
		const last = this.tree.statements.findLast(ts.isImportDeclaration)
		if (!last) throw new AnchorMiss(this.path, "the imports", 0)
		this.insertAfter(last, statement)
	}

	/** Takes names out of the imports; each must be imported once. */
	removeImports(...names: string[]): void {
		const specifiers = names.map((name) => this.importOf(name))
		for (const parent of new Set(specifiers.map((specifier) => specifier.parent)))
			this.removeElements(
				specifiers.filter((specifier) => specifier.parent === parent),
				parent.elements,
			)
	}

	importOf(name: string): ts.ImportSpecifier {
		return this.one(
			`the import of ${name}`,
			this.tree,
			(node): node is ts.ImportSpecifier => ts.isImportSpecifier(node) && node.name.text === name,
		)
	}

	/** The statement that declares a variable, which must be the only one that it declares. */
	statementOf(anchor: string, variable: ts.VariableDeclaration): ts.VariableStatement {
		const statement = variable.parent.parent
		if (ts.isVariableStatement(statement) && statement.declarationList.declarations.length === 1) return statement
		throw new AnchorMiss(this.path, anchor, 0, "it shares its statement with others")
	}

	#add(start: number, end: number, text: string): void {
		this.#edits.push({ start, end, text })
	}

	/** Where a node begins, its own comments included. */
	#withComments(node: ts.Node): number {
		// A comment that ends the line before is not among them: it belongs to what stands on that line.
		const [first] = ts.getLeadingCommentRanges(this.text, node.getFullStart()) ?? []
		return first?.pos ?? node.getStart(this.tree)
	}

	/** Past a comment that ends the line. */
	#endOfLine(offset: number): number {
		return ts.getTrailingCommentRanges(this.text, offset)?.at(-1)?.end ?? offset
	}

	/** Past the comma behind a list's element; undefined where there is none. */
	#afterComma(node: ts.Node): number | undefined {
		const at = this.#endOfLine(node.getEnd())
		const comma = /^\s*,/.exec(this.text.slice(at))?.[0]
		return comma === undefined ? undefined : at + comma.length
	}

	#indentAt(offset: number): string {
		const lineStart = this.text.lastIndexOf("\n", offset - 1) + 1
		return /^[ \t]*/.exec(this.text.slice(lineStart, offset))?.[0] ?? ""
	}

	#fit(lines: string, indent: string): string {
		return lines
			.split("\n")
			.map((line, index) => (index === 0 || line === "" ? line : indent + line))
			.join(this.#lineEnd)
	}

	#mustParse(tree: ts.SourceFile, what: string): void {
		const { parseDiagnostics = [] } = tree as { parseDiagnostics?: readonly ts.Diagnostic[] }
		const [first] = parseDiagnostics
		if (first)
			throw new AnchorMiss(
				this.path,
				what,
				0,
				`does not parse (${ts.flattenDiagnosticMessageText(first.messageText, " ")})`,
			)
	}
}

function parse(path: string, text: string): ts.SourceFile {
	if (path.endsWith(".json")) return ts.parseJsonText(path, text)
	return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
}
