import { parseArgs } from "node:util"
import { PlainFailure } from "./plain-failure.mjs"

export const startHelp = `npm start -- [options]

Opens a real VS Code with the extension and a local Bedrock emulator. No AWS account is needed.

  --no-open        do not open a browser
  --port N         the address's port (8123, or the next free one)
  --scenario NAME  what the emulator plays, for example flex-served-as-default
  --desktop        use the desktop VS Code, in folders of its own
  --help           this text`

export function readStartOptions(args) {
	const optionTypes = {
		"no-open": "boolean",
		port: "string",
		scenario: "string",
		desktop: "boolean",
		help: "boolean",
	}
	const options = Object.fromEntries(Object.entries(optionTypes).map(([name, type]) => [name, { type }]))
	let values
	try {
		;({ values } = parseArgs({ args, options }))
	} catch (error) {
		throw new PlainFailure(`${error.message}\n\n${startHelp}`)
	}
	const { port } = values
	if (port !== undefined && !(/^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65535)) {
		throw new PlainFailure(`--port takes a number from 1 to 65535, not "${port}".`)
	}
	return { ...values, port: port === undefined ? undefined : Number(port), open: !values["no-open"] }
}
