import { afterAll, beforeAll, expect, test } from "vitest"
import { startEmulator } from "@bedrock-tiers/bedrock-emulator"
import { startVsCodeHost, type VsCodeHost } from "./vscode-host"

let emulator: Awaited<ReturnType<typeof startEmulator>>
let host: VsCodeHost

beforeAll(async () => {
	emulator = await startEmulator()
	host = await startVsCodeHost({ emulator })
})

afterAll(async () => {
	await host?.close()
	await emulator?.close()
})

test("the view opens in a real VS Code, shows a control, and logs no error", async () => {
	const workbench = await host.open()
	const control = workbench.view.getByRole("combobox").or(workbench.view.getByRole("button"))
	await control.first().waitFor()
	await workbench.screenshot("smoke")
	expect(workbench.ownErrors).toEqual([])
	await workbench.close()
})

test("the view is restored when the window is reloaded, and no error is logged", async () => {
	const workbench = await host.open()
	// VS Code logs an error for each resource of the view that a reload interrupts.
	await workbench.view.getByRole("button").first().waitFor()
	await workbench.page.waitForLoadState("networkidle")
	await workbench.reload()
	await workbench.view.getByRole("button").first().waitFor()
	expect(workbench.ownErrors).toEqual([])
	await workbench.close()
})
