import { startEmulator, type Emulator, type EmulatorOptions } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest"
import { personAt } from "./person"
import { startVsCodeHost, type VsCodeHost } from "./vscode-host"
import type { Workbench, WorkbenchOptions } from "./workbench"

/** One VS Code server and one emulator for a file, and a window with nothing stored for each test. */
export type WorkbenchUnderTest = {
	readonly emulator: Emulator
	readonly host: VsCodeHost
	readonly workbench: Workbench
	readonly person: ReturnType<typeof personAt>
	/** Where each test opens its own window. */
	open(options?: WorkbenchOptions): Promise<void>
}

/**
 * Sets up what the tests of a file run in. A window of a test that failed leaves a picture.
 * @param opensItself the tests open their windows
 */
export function workbenchUnderTest(options: EmulatorOptions, { opensItself = false } = {}): WorkbenchUnderTest {
	const test = {
		async open(window) {
			test.workbench = await test.host.open(window)
			test.person = personAt(test.workbench)
		},
	} as { -readonly [Key in keyof WorkbenchUnderTest]: WorkbenchUnderTest[Key] }

	beforeAll(async () => {
		test.emulator = await startEmulator({ pace: "instant", ...options })
		test.host = await startVsCodeHost({ emulator: test.emulator })
	})
	beforeEach(async () => {
		test.emulator.setScenario(options.scenario ?? "served-as-asked")
		test.emulator.requests.length = 0
		if (!opensItself) await test.open()
	})
	afterEach(async ({ task }) => {
		const { workbench } = test
		if (task.result?.state === "fail")
			await workbench?.screenshot(`failed: ${task.name}`.replace(/[^a-z0-9]+/gi, "-"))
		await workbench?.close()
	})
	afterAll(async () => {
		await test.host?.close()
		await test.emulator?.close()
	})
	return test
}
