import { isScenarioName, SCENARIOS, startEmulator, type ScenarioName } from "@bedrock-tiers/bedrock-emulator"
import { Command, InvalidArgumentError } from "commander"
import { readPort } from "./arguments"
import { note, printLine, table } from "./output"

const SELECT_SCENARIO = `curl -H "X-Emulator-Control: 1" -d '{"name":"throttled"}' <address>/_emulator/scenario`

export function emulatorCommand(): Command {
	return new Command("emulator")
		.description("Run a local Bedrock that needs no AWS account, on this machine only")
		.option("--port <port>", "0 takes any free port", readPort, 0)
		.option("--scenario <name>", "how it behaves", readScenario, "served-as-asked")
		.addHelpText("after", () => {
			const rows = SCENARIOS.map(({ name, description }) => [`  ${name}`, description])
			return `\nScenarios:\n${table(rows)}\n\nTo select another one while it runs:\n  ${SELECT_SCENARIO}`
		})
		.action(async ({ port, scenario }: { port: number; scenario: ScenarioName }) => {
			try {
				const emulator = await startEmulator({ port, scenario })
				printLine(`Bedrock emulator: ${emulator.url} (scenario ${scenario}; Ctrl+C stops it)`)
				for (const signal of ["SIGINT", "SIGTERM"] as const)
					process.once(signal, () => void emulator.close().then(() => process.exit(0)))
			} catch (error) {
				const isPortTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE"
				const reason = isPortTaken ? `port ${port} is taken. Choose another with --port.` : String(error)
				note(`error: ${reason}`)
				process.exitCode = 1
			}
		})
}

function readScenario(name: string): ScenarioName {
	if (isScenarioName(name)) return name
	const known = SCENARIOS.map((scenario) => scenario.name).join(", ")
	throw new InvalidArgumentError(`There is no such scenario. Known: ${known}.`)
}
