import { Command, CommanderError } from "commander"
import { version } from "../package.json"
import { chatCommand } from "./cli/chat-command"
import { costCommand } from "./cli/cost-command"
import { emulatorCommand } from "./cli/emulator-command"
import { hideArguments } from "./cli/hide-arguments"
import { modelsCommand } from "./cli/models-command"
import { exitWhenPipeCloses, note } from "./cli/output"
import { patchCommand } from "./cli/patch-command"
import { pricesCommand } from "./cli/prices-command"
import { verifyCommand } from "./cli/verify-command"

/**
 * Entry point of the terminal. It writes files only when an argument requests it.
 * Exit codes: 0 = success, 1 = the request failed, 2 = invalid arguments, 3 = the checkout to patch was refused.
 */
async function main(): Promise<void> {
	const program = new Command("bedrock-tiers")
		.description("Amazon Bedrock service tiers: what they cost, and requests that use them")
		.version(version)
		.addCommand(modelsCommand())
		.addCommand(costCommand())
		.addCommand(chatCommand())
		.addCommand(verifyCommand())
		.addCommand(emulatorCommand())
		.addCommand(pricesCommand())
		.addCommand(patchCommand())
	for (const command of [program, ...program.commands]) command.exitOverride()
	hideArguments(program, process.argv.slice(2))
	try {
		await program.parseAsync()
	} catch (error) {
		// Commander has already printed its message. Help and version exit with 0.
		if (!(error instanceof CommanderError)) throw error
		process.exitCode = error.exitCode === 0 ? 0 : 2
	}
}

exitWhenPipeCloses()
main().catch((error: unknown) => {
	note(`error: ${error instanceof Error ? error.message : String(error)}`)
	process.exitCode = 1
})
