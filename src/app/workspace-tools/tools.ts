import "@bedrock-tiers/protocol"
import * as z from "zod/mini"
import type { ToolDefinition } from "../../api"

/**
 * Inputs are validated strictly, and the definitions for the model are equally strict: the schemas and the definitions
 * below have the same members.
 */

const path = z.string()
const lineNumber = z.int().check(z.positive())
/** A single line of text, because files are searched line by line. */
const singleLine = z.string().check(z.minLength(1), z.maxLength(500), z.regex(/^[^\r\n]*$/, "must be one line"))

export const listFilesInput = z.strictObject({ path: z.optional(path), recursive: z.optional(z.boolean()) })
export const readFileInput = z.strictObject({
	path,
	from_line: z.optional(lineNumber),
	to_line: z.optional(lineNumber),
})
export const searchTextInput = z.strictObject({
	pattern: singleLine,
	path: z.optional(path),
	file_pattern: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
	match_case: z.optional(z.boolean()),
	whole_word: z.optional(z.boolean()),
})

export type ListFilesInput = z.infer<typeof listFilesInput>
export type ReadFileInput = z.infer<typeof readFileInput>
export type SearchTextInput = z.infer<typeof searchTextInput>

const PATHS =
	"Paths are relative to the workspace, with forward slashes; with several folders open they begin with the folder's name."

/** The tool definitions that are sent to the model. */
export const WORKSPACE_TOOLS: readonly ToolDefinition[] = [
	tool("list_files", `Lists the files and folders of the workspace. ${PATHS}`, [], {
		path: { type: "string", description: "The folder to list; the workspace itself when left out." },
		recursive: {
			type: "boolean",
			description: "Lists all folders below too, without what .gitignore names, .git and node_modules.",
		},
	}),
	tool("read_file", `Reads a text file of the workspace, with line numbers. ${PATHS}`, ["path"], {
		path: { type: "string", description: "The file to read." },
		from_line: { type: "integer", minimum: 1, description: "The first line to read, counted from 1." },
		to_line: { type: "integer", minimum: 1, description: "The last line to read." },
	}),
	tool(
		"search_text",
		`Finds the lines of the workspace's text files that have a text, without files that .gitignore names. ${PATHS}`,
		["pattern"],
		{
			pattern: { type: "string", description: "The text to find, as it is written: not a regular expression." },
			path: { type: "string", description: "The folder or file to search; all when left out." },
			file_pattern: {
				type: "string",
				description: 'Only files with such a name, as "*.ts", "*.{ts,tsx}" or "src/**/*.test.ts".',
			},
			match_case: { type: "boolean", description: "Tells upper from lower case; it does not when left out." },
			whole_word: { type: "boolean", description: "Finds whole words only." },
		},
	),
]

function tool(name: string, description: string, required: readonly string[], properties: object): ToolDefinition {
	return {
		type: "function",
		function: {
			name,
			description,
			parameters: { type: "object", properties, required, additionalProperties: false },
		},
	}
}
