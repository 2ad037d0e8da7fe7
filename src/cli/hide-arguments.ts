import type { Command } from "commander"

/**
 * What was typed is not repeated when it is wrong: a key or a password may stand in it, and what a command says is often kept.
 * The names of commands and of options are.
 */
export function hideArguments(program: Command, typed: readonly string[]): void {
	for (const command of everyCommand(program))
		command.configureOutput({
			outputError: (text, write) => write(withoutArguments(text, typed, namesIn(program))),
		})
}

/** The text with each quoted argument as `…`. */
export function withoutArguments(text: string, typed: readonly string[], names: ReadonlySet<string>): string {
	const words = typed.flatMap((word) => [word, word.slice(word.indexOf("=") + 1)])
	// The longest first: one may stand in another.
	return words
		.filter((word) => word !== "" && !names.has(word))
		.sort((one, other) => other.length - one.length)
		.flatMap((word) => [[`'${word}'`, `'${shownOf(word)}'`] as const, [`"${word}"`, `"${shownOf(word)}"`] as const])
		.reduce((shown, [quoted, hidden]) => shown.replaceAll(quoted, () => hidden), text)
}

/** Of an option that there is not, the name, where it looks like one. */
function shownOf(word: string): string {
	const [, name] = /^(--[a-z][a-z-]{0,30})(?:=[^]*)?$/.exec(word) ?? []
	if (name === undefined) return "…"
	return name === word ? name : `${name}=…`
}

function namesIn(program: Command): ReadonlySet<string> {
	return new Set(everyCommand(program).map((command) => command.name()))
}

function everyCommand(command: Command): Command[] {
	return [command, ...command.commands.flatMap(everyCommand)]
}
