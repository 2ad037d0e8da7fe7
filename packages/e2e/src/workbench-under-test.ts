import { startEmulator, type Emulator, type EmulatorOptions } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest"
import { userAt } from "./user"
import { startVsCodeHost, type VsCodeHost, type VsCodeHostOptions } from "./vscode-host"
import type { Workbench, WorkbenchOptions } from "./workbench"

/** One VS Code server and one emulator for a file, and a window with nothing stored for each test. */
export type WorkbenchUnderTest = {
	readonly emulator: Emulator
	readonly host: VsCodeHost
	readonly workbench: Workbench
	readonly user: ReturnType<typeof userAt>
	/** Where each test opens its own window. */
	open(options?: WorkbenchOptions): Promise<void>
	/** A window that finds what lies in files, instead of one with nothing stored. */
	openOnFiles(options?: WorkbenchOptions): Promise<void>
}

type UnderTestOptions = {
	/** The tests open their windows. */
	readonly opensItself?: boolean
	/** False: no demo profile, as on a person's own machine. */
	readonly demo?: boolean
	readonly host?: VsCodeHostOptions
}

/** Sets up what the tests of a file run in. A window of a test that failed leaves a picture. */
export function workbenchUnderTest(
	options: EmulatorOptions,
	{ opensItself = false, demo = true, host = {} }: UnderTestOptions = {},
): WorkbenchUnderTest {
	const test = {
		async open(window) {
			use(await test.host.open(window))
		},
		async openOnFiles(window) {
			use(await test.host.openAnother(window))
		},
	} as { -readonly [Key in keyof WorkbenchUnderTest]: WorkbenchUnderTest[Key] }
	const use = (workbench: Workbench) => {
		test.workbench = workbench
		test.user = userAt(workbench)
	}

	beforeAll(async () => {
		test.emulator = await startEmulator({ pace: "instant", ...options })
		test.host = await startVsCodeHost({ ...host, ...(demo && { emulator: test.emulator }) })
	})
	beforeEach(async () => {
		test.emulator.setScenario(options.scenario ?? "served-as-asked")
		test.emulator.setUsage(options.usage ?? null)
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
