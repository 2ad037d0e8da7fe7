import ts from "typescript"
import { AnchorMiss } from "./anchor-miss"
import { applyEdits, type TextEdit } from "./text-edit"

/** What an edit found and what it changes, for the plan's table. */
export type PlannedChange = { readonly found: string; readonly change: string }

export type ReplaceOptions = {
	/** Takes the comments above the node too. */
	readonly withComments?: boolean
	readonly through?: ts.Node
}

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

	/** The text after the edits; throws where it would no longer parse. */
	result(): string {
		const text = applyEdits(this.text, this.#edits)
		this.#mustParse(parse(this.path, text), "the file after the edits")
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
		this.#add(end, end, `${this.#lineEnd}${indent}${this.#fit(lines, indent)}`)
	}

	/** Puts other lines in the place of a node, or of all from it through another one. */
	replace(node: ts.Node, lines: string, { withComments = false, through = node }: ReplaceOptions = {}): void {
		const start = withComments ? this.#withComments(node) : node.getStart(this.tree)
		this.#add(start, through.getEnd(), this.#fit(lines, this.#indentAt(start)))
	}

	/** Takes a whole statement away, with its comments and its lines. */
	removeStatement(node: ts.Node): void {
		const start = this.#withComments(node)
		const lineStart = start - this.#indentAt(start).length
		const rest = this.text.slice(node.getEnd())
		const blank = /^[ \t]*\r?\n(?:[ \t]*\r?\n)?/.exec(rest)?.[0] ?? ""
		// At the end of the file the blank lines are those above.
		const above =
			rest.trim() === "" ? (/(?:\r?\n[ \t]*)+$/.exec(this.text.slice(0, lineStart))?.[0].length ?? 0) : 0
		const kept = above > 0 ? this.#lineEnd : ""
		this.#add(lineStart - above, node.getEnd() + blank.length, kept)
	}

	/** Takes an element out of a list that is separated by commas. */
	removeElement(node: ts.Node, list: ts.NodeArray<ts.Node>): void {
		const index = list.indexOf(node)
		const previous = list[index - 1]
		const isLast = index === list.length - 1
		const comma = /^\s*,/.exec(this.text.slice(node.getEnd()))?.[0]
		if (comma !== undefined) this.#add(node.getFullStart(), node.getEnd() + comma.length, "")
		else if (isLast && previous) this.#add(previous.getEnd(), node.getEnd(), "")
		else this.#add(node.getFullStart(), node.getEnd(), "")
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
		for (const name of names) {
			const specifier = this.one(
				`the import of ${name}`,
				this.tree,
				(node): node is ts.ImportSpecifier => ts.isImportSpecifier(node) && node.name.text === name,
			)
			this.removeElement(specifier, specifier.parent.elements)
		}
	}

	#add(start: number, end: number, text: string): void {
		this.#edits.push({ start, end, text })
	}

	/** Where a node begins, its own comments included. */
	#withComments(node: ts.Node): number {
		const comments = ts.getLeadingCommentRanges(this.text, node.getFullStart()) ?? []
		const start = node.getStart(this.tree)
		// A comment that ends the line before belongs to what stands on that line.
		const own = comments.find(({ pos }) => this.text.slice(node.getFullStart(), pos).includes("\n"))
		return own?.pos ?? start
	}

	/** Past a comment that ends the line. */
	#endOfLine(offset: number): number {
		return ts.getTrailingCommentRanges(this.text, offset)?.at(-1)?.end ?? offset
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
