import type { Command } from "commander"
import { noteText, printText } from "./output"

/**
 * Error messages do not repeat argument values, because a value may contain a key or a password and terminal output is
 * often logged. They do repeat the names of commands and options. Commander's own output, too, goes through `output.ts`.
 */
export function hideArguments(program: Command, typed: readonly string[]): void {
	for (const command of allCommands(program))
		command.configureOutput({
			writeOut: printText,
			writeErr: noteText,
			outputError: (text, write) => write(redactArguments(text, typed, commandNames(program))),
		})
}

/** Replaces each quoted argument in the text by `…`. */
export function redactArguments(text: string, typed: readonly string[], names: ReadonlySet<string>): string {
	const values = typed.flatMap((argument) => [argument, argument.slice(argument.indexOf("=") + 1)])
	// The longest value comes first, because it may contain another one.
	return values
		.filter((value) => value !== "" && !names.has(value))
		.sort((a, b) => b.length - a.length)
		.flatMap((value) => [
			[`'${value}'`, `'${redact(value)}'`] as const,
			[`"${value}"`, `"${redact(value)}"`] as const,
		])
		.reduce((shown, [quoted, hidden]) => shown.replaceAll(quoted, () => hidden), text)
}

/** Redacts a value. The name of an unknown option is kept when it has the form of an option name. */
function redact(value: string): string {
	const [, name] = /^(--[a-z][a-z-]{0,30})(?:=[^]*)?$/.exec(value) ?? []
	if (name === undefined) return "…"
	return name === value ? name : `${name}=…`
}

function commandNames(program: Command): ReadonlySet<string> {
	return new Set(allCommands(program).map((command) => command.name()))
}

function allCommands(command: Command): Command[] {
	return [command, ...command.commands.flatMap(allCommands)]
}
