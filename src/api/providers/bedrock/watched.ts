import type { ModelRequest } from "./bedrock-api"

/** A middleware that looks on, whatever the command's input and output are. */
type LookingOn = <Args, Result>(next: (args: Args) => Result) => (args: Args) => Result
type Watchable = {
	readonly middlewareStack: { add(middleware: LookingOn, options: { step: "deserialize" }): void }
}

/** The command, telling when it goes to the connection: credentials are found and it is signed by then. */
export function watched<Command extends Watchable>(
	command: Command,
	{ onSent }: Pick<ModelRequest, "onSent">,
): Command {
	// Of the SDK's steps "deserialize" is the one around the connection alone.
	command.middlewareStack.add(
		(next) => (args) => {
			onSent()
			return next(args)
		},
		{ step: "deserialize" },
	)
	return command
}
