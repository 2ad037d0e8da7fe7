import ts from "typescript"
import { AnchorMiss } from "./anchor-miss"
import { applyEdits, type TextEdit } from "./text-edit"

/** What an edit found and what it changes, for the table of planned changes. */
export type PlannedChange = { readonly found: string; readonly change: string }

export type ReplaceOptions = {
	/** Also replaces the comments above the node. */
	readonly withComments?: boolean
	/** Replaces everything from the node through this one. */
	readonly through?: ts.Node
}

const AFTER = "the file after the edits"

/**
 * One TypeScript, TSX or JSON file with the edits that are planned for it. Places are found in the syntax tree.
 * Inserted text gets the indentation of its place and the line endings of the file.
 */
export class SourceEditor {
	readonly tree: ts.SourceFile
	readonly changes: PlannedChange[] = []
	readonly #edits: TextEdit[] = []
	readonly #lineEnding: string

	constructor(
		readonly path: string,
		readonly text: string,
	) {
		this.tree = parse(path, text)
		this.#lineEnding = /\r?\n/.exec(text)?.[0] ?? "\n"
		this.#assertParses(this.tree, "the file as it is")
	}

	get edits(): readonly TextEdit[] {
		return this.#edits
	}

	/** Returns the text after the edits. Throws when it would no longer parse, or when edits overlap. */
	result(): string {
		const text = applyEdits(this.text, this.#edits)
		if (text === null) throw new AnchorMiss(this.path, AFTER, 0, "two edits overlap")
		this.#assertParses(parse(this.path, text), AFTER)
		return text
	}

	addChange(found: string, change: string): void {
		this.changes.push({ found, change })
	}

	/** Finds the only node below `within` that matches. Throws unless exactly one node matches. */
	findOne<Found extends ts.Node>(anchor: string, within: ts.Node, matches: (node: ts.Node) => node is Found): Found {
		const found = this.findAll(within, matches)
		const [only] = found
		if (only === undefined || found.length > 1) throw new AnchorMiss(this.path, anchor, found.length)
		return only
	}

	findAll<Found extends ts.Node>(within: ts.Node, matches: (node: ts.Node) => node is Found): Found[] {
		const found: Found[] = []
		const visit = (node: ts.Node): void => {
			if (matches(node)) found.push(node)
			ts.forEachChild(node, visit)
		}
		ts.forEachChild(within, visit)
		return found
	}

	textOf(node: ts.Node): string {
		return node.getText(this.tree)
	}

	/** Inserts lines before a statement or element, above its comments. */
	insertBefore(node: ts.Node, lines: string): void {
		const start = this.#startWithComments(node)
		this.#add(
			start,
			start,
			`${this.#indent(lines, this.#indentAt(start))}${this.#lineEnding}${this.#indentAt(start)}`,
		)
	}

	/** Inserts lines after a statement or element, and after a comment at the end of its line. */
	insertAfter(node: ts.Node, lines: string): void {
		const end = this.#afterComment(node.getEnd())
		const indent = this.#indentAt(node.getStart(this.tree))
		// The rest of that line moves to a line of its own.
		const gap = /^[ \t]*(?=[^ \t\r\n])/.exec(this.text.slice(end))?.[0]
		const rest = gap === undefined ? "" : this.#lineEnding + indent
		this.#add(end, end + (gap?.length ?? 0), `${this.#lineEnding}${indent}${this.#indent(lines, indent)}${rest}`)
	}

	/** Inserts text before and after a node, which is not changed. */
	wrap(node: ts.Node, before: string, after: string): void {
		const [start, end] = [node.getStart(this.tree), node.getEnd()]
		if (before !== "") this.#add(start, start, before)
		this.#add(end, end, after)
	}

	/** Replaces a node with other lines. */
	replace(node: ts.Node, lines: string, { withComments = false, through = node }: ReplaceOptions = {}): void {
		const start = withComments ? this.#startWithComments(node) : node.getStart(this.tree)
		this.#add(start, through.getEnd(), this.#indent(lines, this.#indentAt(start)))
	}

	/** Removes a statement with its comments and its line, and with a blank line where two would remain. */
	removeStatement(node: ts.Node): void {
		const start = this.#startWithComments(node)
		const end = this.#afterComment(node.getEnd())
		const lineStart = this.text.lastIndexOf("\n", start - 1) + 1
		const lineEnd = /^[ \t]*(?:\r?\n|$)/.exec(this.text.slice(end))?.[0]
		if (lineEnd === undefined || this.text.slice(lineStart, start).trim() !== "") return this.#add(start, end, "")
		const [above, below] = [this.text.slice(0, lineStart), this.text.slice(end + lineEnd.length)]
		if (below.trim() === "") {
			// At the end of the file, the blank lines to remove are above the statement.
			const blank = /\r?\n[^]*/.exec(above.slice(above.trimEnd().length))?.[0] ?? ""
			return this.#add(lineStart - blank.length, this.text.length, blank === "" ? "" : this.#lineEnding)
		}
		const isAfterBlank = /(?:^|[{(]|\n)[ \t]*\r?\n$|^$/.test(above)
		const blank = isAfterBlank ? (/^[ \t]*\r?\n/.exec(below)?.[0] ?? "") : ""
		this.#add(lineStart, end + lineEnd.length + blank.length, "")
	}

	/** Removes elements from a comma-separated list, each with the comment after it. */
	removeElements(nodes: readonly ts.Node[], list: ts.NodeArray<ts.Node>): void {
		const remaining = list.filter((element) => !nodes.includes(element))
		for (const node of nodes) {
			const previous = list[list.indexOf(node) - 1]
			const start = previous ? (this.#afterComma(previous) ?? previous.getEnd()) : list.pos
			this.#add(this.#afterComment(start), this.#afterComment(this.#afterComma(node) ?? node.getEnd()), "")
		}
		const last = remaining.at(-1)
		const comma = last && this.#afterComma(last)
		if (comma && !list.hasTrailingComma && last !== list.at(-1)) this.#add(comma - 1, comma, "")
	}

	/** Appends a property to an object literal, on a line of its own. */
	appendProperty(object: ts.ObjectLiteralExpression, lines: string): void {
		const { properties: list } = object
		const last = list.at(-1)
		if (!last) throw new AnchorMiss(this.path, "an object to add to", 0, "it is empty")
		const end = list.hasTrailingComma ? list.end : last.getEnd()
		if (!list.hasTrailingComma) this.#add(end, end, ",")
		const at = this.#afterComment(end)
		const indent = this.#indentAt(last.getStart(this.tree))
		const comma = list.hasTrailingComma ? "," : ""
		this.#add(at, at, `${this.#lineEnding}${indent}${this.#indent(lines, indent)}${comma}`)
	}

	/** Adds an import after the last one. */
	addImport(statement: string): void {
		const last = this.tree.statements.findLast(ts.isImportDeclaration)
		if (!last) throw new AnchorMiss(this.path, "the imports", 0)
		this.insertAfter(last, statement)
	}

	/** Removes names from the imports; each must be imported exactly once. */
	removeImports(...names: string[]): void {
		const specifiers = names.map((name) => this.findImport(name))
		for (const parent of new Set(specifiers.map((specifier) => specifier.parent)))
			this.removeElements(
				specifiers.filter((specifier) => specifier.parent === parent),
				parent.elements,
			)
	}

	findImport(name: string): ts.ImportSpecifier {
		return this.findOne(
			`the import of ${name}`,
			this.tree,
			(node): node is ts.ImportSpecifier => ts.isImportSpecifier(node) && node.name.text === name,
		)
	}

	/** The statement that declares a variable. Throws when the statement declares other variables too. */
	statementOf(anchor: string, variable: ts.VariableDeclaration): ts.VariableStatement {
		const statement = variable.parent.parent
		if (ts.isVariableStatement(statement) && statement.declarationList.declarations.length === 1) return statement
		throw new AnchorMiss(this.path, anchor, 0, "it shares its statement with others")
	}

	#add(start: number, end: number, text: string): void {
		this.#edits.push({ start, end, text })
	}

	/** The offset at which a node starts, including the comments above it. */
	#startWithComments(node: ts.Node): number {
		// A comment at the end of the previous line is not included: it belongs to the code on that line.
		const [first] = ts.getLeadingCommentRanges(this.text, node.getFullStart()) ?? []
		return first?.pos ?? node.getStart(this.tree)
	}

	/** The offset after a comment at the end of the line. */
	#afterComment(offset: number): number {
		return ts.getTrailingCommentRanges(this.text, offset)?.at(-1)?.end ?? offset
	}

	/** The offset after the comma that follows a list element; `undefined` when no comma follows. */
	#afterComma(node: ts.Node): number | undefined {
		const at = this.#afterComment(node.getEnd())
		const comma = /^\s*,/.exec(this.text.slice(at))?.[0]
		return comma === undefined ? undefined : at + comma.length
	}

	#indentAt(offset: number): string {
		const lineStart = this.text.lastIndexOf("\n", offset - 1) + 1
		return /^[ \t]*/.exec(this.text.slice(lineStart, offset))?.[0] ?? ""
	}

	#indent(lines: string, indent: string): string {
		return lines
			.split("\n")
			.map((line, index) => (index === 0 || line === "" ? line : indent + line))
			.join(this.#lineEnding)
	}

	#assertParses(tree: ts.SourceFile, what: string): void {
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
